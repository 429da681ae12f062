package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.RESOURCE;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claimsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.internal.Json;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole validator with an authorization server on the loopback. */
@Timeout(60)
class JwtTokenValidatorTest {

  private static final JwtTokenValidator.Settings SETTINGS =
      new JwtTokenValidator.Settings(InstantSource.fixed(Bench.NOW), Bench.SKEW, 16 * 1024);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String issuer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    serve("/", 404, "{}");
    serve(
        "/.well-known/openid-configuration",
        200,
        Json.write(Map.of("issuer", issuer, "jwks_uri", issuer + "/jwks")));
    serve("/jwks", 200, Json.write(Map.of("keys", List.of(RSA.jwk()))));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  // With more time than in production, for a machine that has much else to do.
  private JwtTokenValidator validator() {
    IssuerKeys keys =
        IssuerKeys.of(
            List.of(TrustedIssuer.builder(issuer).allowHttpOnLoopback().build()),
            Duration.ofSeconds(30));
    return new JwtTokenValidator(keys.byIssuer(), SETTINGS, keys::close);
  }

  private Decision judge(JwtTokenValidator validator, TokenMint mint) {
    return validator.validate(BearerToken.of(mint.sign(claimsWith("iss", issuer))), RESOURCE);
  }

  @Test
  void O01_J14_findsTheKeysAndJudges() {
    server.start();
    try (JwtTokenValidator validator = validator()) {
      assertInstanceOf(Decision.Granted.class, judge(validator, RSA));
      assertInstanceOf(Decision.Granted.class, judge(validator, RSA));
      assertEquals(
          Denial.UNKNOWN_KEY, assertInstanceOf(Decision.Denied.class, judge(validator, EC)).why());
      assertEquals(
          List.of(
              "/.well-known/oauth-authorization-server",
              "/.well-known/openid-configuration",
              "/jwks"),
          asked);
    }
  }

  @Test
  void J16_J17_SS2_Z10_asksNobodyButTheConfiguredServer() {
    server.start();
    try (JwtTokenValidator validator = validator()) {
      Map<String, Object> header = Bench.headerWith(RSA, "jku", issuer + "/evil");
      header.put("x5u", issuer + "/evil");
      header.put("kid", issuer + "/evil");
      String token = RSA.sign(header, claimsWith("iss", issuer));

      assertInstanceOf(Decision.Denied.class, validator.validate(BearerToken.of(token), RESOURCE));
      assertFalse(asked.contains("/evil"));
    }
  }

  @Test
  void KS20_O08_isUndecidedWhileTheServerIsNotThere() {
    server.start();
    server.stop(0);
    try (JwtTokenValidator validator = validator()) {
      Decision.Undecided undecided =
          assertInstanceOf(Decision.Undecided.class, judge(validator, RSA));

      assertTrue(undecided.cause().startsWith(issuer + ": no metadata: "), undecided.cause());
      assertTrue(undecided.cause().endsWith("no connection, or it broke"), undecided.cause());
    }
  }

  @Test
  void judgesByAKeySetThatIsGivenAndAsksNobody() {
    server.start();
    List<TrustedIssuer> issuers =
        List.of(TrustedIssuer.builder(issuer).allowHttpOnLoopback().build());
    byte[] keySet = Json.write(Map.of("keys", List.of(RSA.jwk()))).getBytes(StandardCharsets.UTF_8);
    try (JwtTokenValidator validator = JwtTokenValidator.offline(issuers, keySet, SETTINGS)) {
      assertInstanceOf(Decision.Granted.class, judge(validator, RSA));
      assertEquals(
          Denial.UNKNOWN_KEY, assertInstanceOf(Decision.Denied.class, judge(validator, EC)).why());
      assertEquals(List.of(), asked);
    }
    for (String unusable : List.of("[]", "{\"keys\":[]}")) {
      byte[] bytes = unusable.getBytes(StandardCharsets.UTF_8);
      assertThrows(
          IllegalArgumentException.class,
          () -> JwtTokenValidator.offline(issuers, bytes, SETTINGS));
    }
  }

  @Test
  void closingEndsEveryThread() throws InterruptedException {
    server.start();
    List<Thread> before = ours();
    for (int round = 0; round < 10; round++) {
      try (JwtTokenValidator validator = validator()) {
        assertInstanceOf(Decision.Granted.class, judge(validator, RSA));
        assertTrue(ours().size() > before.size());
      }
    }
    for (Thread thread : ours()) {
      if (!before.contains(thread)) {
        // Idle threads would end by themselves after ten seconds.
        thread.join(Duration.ofSeconds(6).toMillis());
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
  }

  private static List<Thread> ours() {
    List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("countersign-"));
    return threads;
  }

  @Test
  void aClosedValidatorAdmitsNothingNew() {
    server.start();
    JwtTokenValidator validator = validator();
    validator.close();

    assertInstanceOf(Decision.Undecided.class, judge(validator, RSA));
    assertEquals(List.of(), asked);
  }

  @Test
  void refusesToBeMadeWithoutIssuersOrWithOneTwice() {
    TrustedIssuer one = TrustedIssuer.builder(issuer).allowHttpOnLoopback().build();

    for (List<TrustedIssuer> wrong : List.of(List.<TrustedIssuer>of(), List.of(one, one))) {
      assertThrows(IllegalArgumentException.class, () -> JwtTokenValidator.create(wrong, SETTINGS));
    }
  }

  @Test
  void M70_O02_comparesTheMetadataOfARunningServer() {
    server.start();
    TrustedIssuer other = TrustedIssuer.builder(issuer + "/").allowHttpOnLoopback().build();
    List<Finding> findings = AuthorizationServerCheck.check(other, List.of());

    assertEquals(1, findings.size());
    assertTrue(
        findings.get(0).text().contains("configure it without the slash at the end"),
        findings::toString);
  }
}
