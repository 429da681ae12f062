package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.SettableClock;
import dev.countersign.config.Binding;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An engine with the real validator, clients with keys, and proofs that are good or spoilt. */
final class DpopBench {

  static final String URI = "https://mcp.example.com/mcp";
  static final TokenMint CLIENT = TokenMint.of(SignatureAlgorithm.ES256, "");
  static final TokenMint OTHER = TokenMint.of(SignatureAlgorithm.ES256, "");

  /** One request; what came of it is in its fields afterwards. */
  static final class Call implements Exchange {

    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    String method = "POST";
    String path = "/mcp";
    String query = "";
    String body = "";
    Optional<X509Certificate> certificate = Optional.empty();
    Optional<InetAddress> peer = Optional.empty();
    Optional<Response> response = Optional.empty();
    Optional<Admission> admission = Optional.empty();

    Call field(String name, String value) {
      fields.add(Map.entry(name, value));
      return this;
    }

    Call dpop(String token, String proof) {
      return field("Authorization", "DPoP " + token).field("DPoP", proof);
    }

    Call bearer(String token) {
      return field("Authorization", "Bearer " + token);
    }

    Call json(String text) {
      body = text;
      return field("Content-Type", "application/json");
    }

    Call with(Consumer<Call> step) {
      step.accept(this);
      return this;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String query() {
      return query;
    }

    @Override
    public List<String> headers(String name) {
      return fields.stream()
          .filter(line -> line.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    @Override
    public Optional<ReplayableBody> body() {
      return Optional.of(limit -> body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<X509Certificate> clientCertificate() {
      return certificate;
    }

    @Override
    public Optional<InetAddress> peer() {
      return peer;
    }

    @Override
    public void send(Response answer) {
      response = Optional.of(answer);
    }

    @Override
    public void accept(Admission admitted) {
      admission = Optional.of(admitted);
    }
  }

  final SettableClock clock = new SettableClock(Bench.NOW.minusSeconds(3600));
  final ResourceServer engine;

  private DpopBench(Consumer<ConfigBuilder> more) {
    ConfigBuilder builder =
        ResourceServerConfig.builder(URI)
            .authorizationServer(Bench.ISSUER)
            .requiredScopes("mcp:read")
            .clock(clock)
            .tokenValidator(Bench.validator());
    more.accept(builder);
    engine = ResourceServer.create(builder.build());
    // Long after the start, unless a test is about just that.
    clock.advance(Duration.ofSeconds(3600));
  }

  static DpopBench of(Consumer<ConfigBuilder> more) {
    return new DpopBench(more);
  }

  static DpopBench optional() {
    return of(builder -> builder.senderConstraint().dpop(Binding.OPTIONAL));
  }

  /** Runs the call: 200 if it was admitted, otherwise the status of the answer. */
  int status(Call call) {
    try {
      boolean admitted = engine.admit(call);
      assertEquals(admitted, call.admission.isPresent());
      assertEquals(!admitted, call.response.isPresent());
      return admitted ? 200 : call.response.orElseThrow().status();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void admitted(Call call) {
    assertEquals(200, status(call), () -> String.valueOf(call.response));
  }

  /** Refused as the table says "401-D": with an error about the proof, in the DPoP challenge. */
  void refusedProof(Call call) {
    refused(call, "invalid_dpop_proof");
  }

  /** Refused as the table says "401-T" or "401-N". */
  void refused(Call call, String error) {
    assertEquals(401, status(call));
    List<String> challenges = call.response.orElseThrow().values("WWW-Authenticate");
    assertTrue(
        challenges.stream().anyMatch(line -> line.contains("error=\"" + error + "\"")),
        () -> error + " expected in " + challenges);
  }

  static String bound(TokenMint client) {
    return token(Map.of("jkt", thumbprint(client)));
  }

  static String token(Map<String, Object> confirmation) {
    return Bench.RSA.sign(Bench.claimsWith("cnf", confirmation));
  }

  static String unbound() {
    return Bench.RSA.sign(Bench.claims());
  }

  static String thumbprint(TokenMint client) {
    return JwkThumbprint.of(client.bareJwk()).orElseThrow();
  }

  static Map<String, Object> header(TokenMint client) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "dpop+jwt");
    header.put("alg", client.algorithm().headerName());
    header.put("jwk", client.bareJwk());
    return header;
  }

  private static int proofs;

  Map<String, Object> claims(String token) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", "proof-" + proofs++);
    claims.put("htm", "POST");
    claims.put("htu", URI);
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("ath", Sha256.base64Url(token));
    return claims;
  }

  String proof(TokenMint client, String token) {
    return client.sign(header(client), claims(token));
  }

  /** A call with a proof, whose header or claims were changed before it was signed. */
  Call call(UnaryOperator<Map<String, Object>> header, UnaryOperator<Map<String, Object>> claims) {
    String token = bound(CLIENT);
    return new Call()
        .dpop(token, CLIENT.sign(header.apply(header(CLIENT)), claims.apply(claims(token))));
  }

  Call claim(String name, Object value) {
    return call(UnaryOperator.identity(), claims -> put(claims, name, value));
  }

  Call header(String name, Object value) {
    return call(header -> put(header, name, value), UnaryOperator.identity());
  }

  static Map<String, Object> put(Map<String, Object> members, String name, Object value) {
    members.put(name, value);
    return members;
  }

  static Map<String, Object> without(Map<String, Object> members, String name) {
    members.remove(name);
    return members;
  }

  Call good() {
    String token = bound(CLIENT);
    return new Call().dpop(token, proof(CLIENT, token));
  }

  static String json(Map<String, Object> members) {
    return Json.write(members);
  }
}
