package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Revocation;
import dev.countersign.spi.Revocation.Kind;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revoked tokens at the whole engine, with the cache of accepted tokens behind it. */
class LogoutTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final RememberingBench bench = new RememberingBench();
  private final AtomicReference<String> failing = new AtomicReference<>("");
  private final ResourceServer server =
      ResourceServer.create(
          ResourceServerConfig.builder(Bench.RESOURCE.toString())
              .authorizationServer(Bench.ISSUER)
              .tokenValidator(bench.validator)
              .revocations(
                  token -> {
                    if (token.subject().equals(failing.get())) {
                      throw new IllegalStateException("out of reach");
                    }
                    return token.subject().equals("banned");
                  })
              .build());

  /** A request with a token: what became of it. */
  private record Call(String token, StringBuilder outcome) implements Exchange {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/mcp";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public List<String> headers(String name) {
      return name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + token) : List.of();
    }

    @Override
    public void send(Response response) {
      boolean invalid =
          response.values("WWW-Authenticate").stream()
              .anyMatch(v -> v.contains("\"invalid_token\""));
      outcome.append(response.status()).append(invalid ? " invalid_token" : "");
    }

    @Override
    public void accept(Admission admission) {
      outcome.append("admitted");
    }
  }

  private String call(String token) throws IOException {
    StringBuilder outcome = new StringBuilder();
    server.admit(new Call(token, outcome));
    return outcome.toString();
  }

  private static String token(String name, Object value) {
    Map<String, Object> claims = Bench.claims();
    claims.put("sid", "session-1");
    claims.put(name, value);
    return Bench.RSA.sign(claims);
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN, token-1, jti",
    "SUBJECT, user-1, sub",
    "CLIENT, client-1, client_id",
    "SESSION, session-1, sid"
  })
  void CA5_CL42_S19_aLogoutHoldsFromTheNextRequestOn(Kind kind, String value, String claim)
      throws IOException {
    String token = token("iat", Bench.SECONDS - 10);
    String other = token(claim, "another");
    assertEquals("admitted", call(token));
    assertEquals("admitted", call(token));

    Revocation logout = new Revocation(kind, Bench.ISSUER, value);
    server.revoke(logout, HOUR);

    assertEquals("401 invalid_token", call(token));
    assertEquals("401 invalid_token", call(token("nonce", "fresh")), "a token never seen before");
    assertEquals("admitted", call(other));

    server.restore(logout);
    assertEquals("admitted", call(token));
  }

  @Test
  void CA5_CL19_theSessionOfAnotherIssuerIsAnotherSession() throws IOException {
    server.revoke(new Revocation(Kind.SESSION, "https://other.example", "session-1"), HOUR);

    assertEquals("admitted", call(token("iat", Bench.SECONDS - 10)));
  }

  @Test
  void CA6_theTwinOfARevokedTokenIsRevokedAsWell() throws IOException {
    String token = Bench.EC.sign(Bench.claims());
    String twin = twin(token);
    assertEquals("admitted", call(token));
    assertEquals("admitted", call(twin));
    assertEquals(2, bench.validator.memory().acceptedCount());

    server.revoke(new Revocation(Kind.TOKEN, Bench.ISSUER, "token-1"), HOUR);

    assertEquals("401 invalid_token", call(token));
    assertEquals("401 invalid_token", call(twin));
  }

  // With (r, s) also (r, n - s) is a signature: SEC 1 section 4.1.4 does not rule it out.
  private static String twin(String token) {
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    BigInteger n =
        ((java.security.interfaces.ECPublicKey) Bench.EC.pair().getPublic()).getParams().getOrder();
    BigInteger s = n.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
    byte[] bytes = s.toByteArray();
    Arrays.fill(signature, 32, 64, (byte) 0);
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, signature, 64 - length, length);
    return token.substring(0, dot + 1) + TokenMint.encode(signature);
  }

  @Test
  void CA5_theListOfTheApplicationIsAskedOnEveryHit() throws IOException {
    assertEquals("401 invalid_token", call(token("sub", "banned")));

    String token = token("iat", Bench.SECONDS - 10);
    assertEquals("admitted", call(token));
    failing.set("user-1");
    assertEquals("503", call(token));
    failing.set("");
    assertEquals("admitted", call(token));
  }

  @Test
  void CA7_theProofOfABindingIsNotRemembered() throws IOException {
    String bound = token("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));

    assertEquals("401 invalid_token", call(bound));
    assertEquals(1, bench.validator.memory().acceptedCount(), "the token itself is good");
    assertEquals("401 invalid_token", call(bound));
    assertEquals(1, bench.keys.validations());
  }

  @Test
  void aRevocationThatMatchesNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Revocation(Kind.TOKEN, "", "x"));
    assertThrows(
        IllegalArgumentException.class, () -> new Revocation(Kind.TOKEN, Bench.ISSUER, ""));
    Revocation revocation = new Revocation(Kind.TOKEN, Bench.ISSUER, "token-1");
    assertThrows(IllegalArgumentException.class, () -> server.revoke(revocation, Duration.ZERO));
    assertFalse(revocation.toString().contains("token-1"));
    assertTrue(revocation.toString().contains("jti"));
  }
}
