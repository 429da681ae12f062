package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.JwtTokenValidator;
import dev.countersign.token.TokenValidators;
import dev.countersign.token.TrustedIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What extensions of MCP authorization bring to a resource server, and what it must not take. */
class ExtensionsTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
  private final Tokens tokens = server.tokens(RESOURCE);

  @AfterEach
  void stop() {
    server.close();
  }

  private ConfigBuilder config() {
    return ResourceServerConfig.builder(RESOURCE)
        .authorizationServer(server.issuer())
        .allowHttpOnLoopback();
  }

  private RecordingExchange call(ConfigBuilder config, String token) throws IOException {
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(token);
    try (ResourceServer engine = ResourceServer.create(config.build())) {
      engine.admit(exchange);
    }
    return exchange;
  }

  private static int status(RecordingExchange exchange) {
    return exchange.response().map(Response::status).orElse(200);
  }

  @Test
  void E02_acceptsTheTokenThatAnIdJagWasExchangedForAndNotTheIdJag() throws IOException {
    String issued = tokens.mint().subject("user@enterprise").text();
    String assertion =
        tokens.mint().header("typ", "oauth-id-jag+jwt").claim("resource", RESOURCE).text();
    String forElsewhere = tokens.mint().audience("https://other.example/mcp").text();

    assertEquals(200, status(call(config(), issued)));
    assertEquals(401, status(call(config(), assertion)));
    assertEquals(401, status(call(config(), forElsewhere)));
  }

  // The subject of a machine is the client itself: RFC 9068 section 2.2
  private String machineToken() {
    return tokens.mint().subject("batch-job").client("batch-job").text();
  }

  /** Lets nobody in who is no user. */
  private record UsersOnly(TokenValidator validator) implements TokenValidator {

    @Override
    public Decision validate(BearerToken token, ResourceIdentifier resource) {
      Decision decision = validator.validate(token, resource);
      return decision instanceof Decision.Granted granted
              && granted
                  .accessToken()
                  .clientId()
                  .filter(granted.accessToken().subject()::equals)
                  .isPresent()
          ? new Decision.Denied(Denial.POLICY, "a machine")
          : decision;
    }

    @Override
    public void close() {
      validator.close();
    }
  }

  @Test
  void E04_aPolicyAllowsOrDeniesMachines() throws IOException {
    assertEquals(200, status(call(config(), machineToken())));

    TrustedIssuer issuer = TrustedIssuer.builder(server.issuer()).allowHttpOnLoopback().build();
    TokenValidator own =
        TokenValidators.of(List.of(issuer), List.of(), JwtTokenValidator.Settings.DEFAULT);
    ConfigBuilder usersOnly = config().tokenValidator(new UsersOnly(own));
    RecordingExchange refused = call(usersOnly, machineToken());
    assertEquals(403, status(refused));
    assertEquals(List.of(), refused.response().orElseThrow().values("WWW-Authenticate"));
  }

  @Test
  void E04_aPolicyAllowsUsersBesideMachines() throws IOException {
    TrustedIssuer issuer = TrustedIssuer.builder(server.issuer()).allowHttpOnLoopback().build();
    TokenValidator own =
        TokenValidators.of(List.of(issuer), List.of(), JwtTokenValidator.Settings.DEFAULT);

    assertEquals(200, status(call(config().tokenValidator(new UsersOnly(own)), tokens.valid())));
  }

  @Test
  void E05_E12_acceptsTheTokenOfAWorkloadAndNotItsOwnJwt() throws IOException {
    String issued = tokens.mint().subject("spiffe://example.org/agent").text();
    String svid =
        new Tokens(
                "https://workloads.example.org",
                RESOURCE,
                () -> SigningKey.rsa("workload"),
                Clock.systemUTC())
            .mint()
            .header("typ", "JWT")
            .subject("spiffe://example.org/agent")
            .text();

    assertEquals(200, status(call(config(), issued)));
    assertEquals(401, status(call(config(), svid)));
    // Nor if its own issuer were trusted: it is no access token.
    assertEquals(401, status(call(config(), tokens.mint().header("typ", "JWT").text())));
  }

  /**
   * Credentials of another kind, as an attachment would add them: the request is signed by the
   * client beside its token (in the manner of RFC 9421, over the method and the path).
   */
  private record SignedRequest(RecordingExchange exchange, KeyPair client) {

    boolean isGenuine() {
      List<String> lines = exchange.headers("Signature");
      try {
        Signature verification = Signature.getInstance("Ed25519");
        verification.initVerify(client.getPublic());
        verification.update(base(exchange));
        return lines.size() == 1
            && verification.verify(
                Base64.getDecoder().decode(lines.get(0).replaceAll("\\W*$", "")));
      } catch (SignatureException | IllegalArgumentException e) {
        return false;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    static byte[] base(RecordingExchange exchange) {
      String text = "\"@method\": " + exchange.method() + "\n\"@path\": " + exchange.path();
      return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sign(RecordingExchange exchange, KeyPair client) throws GeneralSecurityException {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(client.getPrivate());
      signature.update(base(exchange));
      return Base64.getEncoder().withoutPadding().encodeToString(signature.sign());
    }
  }

  @Test
  void E09_E12_aPlugInCanDemandMoreThanAToken() throws Exception {
    KeyPair client = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    try (ResourceServer engine = ResourceServer.create(config().build())) {
      for (boolean signed : List.of(true, false)) {
        RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(tokens.valid());
        exchange.header(
            "Signature",
            SignedRequest.sign(signed ? exchange : RecordingExchange.of("GET", "/other"), client));

        boolean admitted =
            new SignedRequest(exchange, client).isGenuine() && engine.admit(exchange);

        assertEquals(signed, admitted);
        assertEquals(signed, exchange.admission().isPresent());
      }
    }
  }

  @Test
  void E10_detailsOfATokenAreInNoChallenge() throws IOException {
    String token =
        tokens.mint().claim("authorization_details", List.of(Map.of("type", "payment"))).text();
    RecordingExchange accepted = call(config(), token);
    RecordingExchange refused = call(config(), "none");

    assertTrue(accepted.admission().isPresent());
    assertFalse(
        refused.response().orElseThrow().values("WWW-Authenticate").toString().contains("details"));
  }
}
