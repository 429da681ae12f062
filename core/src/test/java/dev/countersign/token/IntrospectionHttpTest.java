package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a server on the loopback that demands credentials. */
@Timeout(60)
class IntrospectionHttpTest {

  private static final JwtTokenValidator.Settings SETTINGS = JwtTokenValidator.Settings.DEFAULT;

  private final List<String> introspected = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer server;
  private String issuer;
  private String secret = "rs-secret";
  private HttpHandler answer = exchange -> send(exchange, 200, "application/json", active());

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/.well-known/oauth-authorization-server", this::metadata);
    server.createContext("/jwks", this::keys);
    server.createContext("/introspect", this::introspect);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    closing.countDown();
    for (AutoCloseable one : open) {
      one.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private void metadata(HttpExchange exchange) throws IOException {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("issuer", issuer);
    metadata.put("jwks_uri", issuer + "/jwks");
    metadata.put("introspection_endpoint", issuer + "/introspect");
    send(exchange, 200, "application/json", Json.write(metadata));
  }

  private void keys(HttpExchange exchange) throws IOException {
    String set = Json.write(Map.of("keys", List.of(Bench.EC.jwk())));
    send(exchange, 200, "application/json", set);
  }

  private void introspect(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    introspected.add(form);
    String credentials = exchange.getRequestHeaders().getFirst("Authorization");
    if (isAuthenticated(form, credentials == null ? "" : credentials)) {
      answer.handle(exchange);
    } else {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"as\"");
      send(exchange, 401, "application/json", "{\"error\":\"invalid_client\"}");
    }
  }

  private boolean isAuthenticated(String form, String credentials) {
    return credentials.equals(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(("rs-1:" + secret).getBytes(StandardCharsets.US_ASCII)))
        || form.contains("&client_id=rs-1&client_secret=" + secret)
        || isSigned(form);
  }

  private boolean isSigned(String form) {
    int at = form.indexOf("client_assertion=");
    if (at < 0) {
      return false;
    }
    CompactJws jws = CompactJws.parse(form.substring(at + 17)).orElseThrow();
    SigningKeys.Answer.Found found =
        (SigningKeys.Answer.Found)
            Bench.set(Bench.RSA.jwk()).find("rsa-1", SignatureAlgorithm.RS256);
    return found.key().verifies(SignatureAlgorithm.RS256, jws)
        && new String(jws.payload(), StandardCharsets.UTF_8).contains("\"aud\":\"" + issuer + "\"");
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String active() {
    return Json.write(members());
  }

  private Map<String, Object> members() {
    Map<String, Object> members = FakeIntrospection.active();
    long now = Instant.now().getEpochSecond();
    members.put("iss", issuer);
    members.put("exp", now + 3600);
    members.put("iat", now - 10);
    members.put("nbf", now - 10);
    return members;
  }

  private TrustedIssuer trusted() {
    return TrustedIssuer.builder(issuer).allowHttpOnLoopback().build();
  }

  private IntrospectionValidator validator(ClientAuthMethod method, ClientSecret text) {
    return validator(new IntrospectionClient("rs-1", method, text), false);
  }

  private IntrospectionValidator validator(IntrospectionClient client, boolean signed) {
    IntrospectionValidator validator =
        IntrospectionValidator.create(
            new OpaqueTokens(
                trusted(),
                new OpaqueTokens.Inquiry.Introspection(client, Optional.empty(), signed),
                Duration.ZERO),
            SETTINGS);
    open.add(validator);
    return validator;
  }

  private IntrospectionValidator validator() {
    return validator(ClientAuthMethod.CLIENT_SECRET_BASIC, ClientSecret.of("rs-secret"));
  }

  @Test
  void I01_I02_asksWithTheSecretInTheField() {
    FakeIntrospection.granted(validator());

    assertEquals(
        List.of("token=" + FakeIntrospection.TOKEN + "&token_type_hint=access_token"),
        introspected);
  }

  @Test
  void I01_I02_asksWithTheSecretInTheForm() {
    FakeIntrospection.granted(
        validator(ClientAuthMethod.CLIENT_SECRET_POST, ClientSecret.of("rs-secret")));
  }

  @Test
  void I01_I02_asksWithASignedAssertion() {
    FakeIntrospection.granted(
        validator(
            ClientAuthMethod.PRIVATE_KEY_JWT,
            ClientSecret.of(ClientAuthenticationTest.privateJwk(Bench.RSA))));
  }

  @Test
  void IN5_I02_isUndecidedWithTheWrongSecret() {
    FakeIntrospection.undecided(
        validator(ClientAuthMethod.CLIENT_SECRET_BASIC, ClientSecret.of("wrong")));
  }

  @Test
  void IN20_followsANewSecretWithoutARestart(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "rs-secret\n");
    IntrospectionValidator validator =
        validator(ClientAuthMethod.CLIENT_SECRET_BASIC, ClientSecret.file(file));
    FakeIntrospection.granted(validator);

    secret = "rs-secret-2";
    FakeIntrospection.undecided(validator);
    Files.writeString(file, "rs-secret-2\n");
    FakeIntrospection.granted(validator);
  }

  private record Failure(String what, HttpHandler handler) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Failure> failures() {
    return Stream.of(
        new Failure("500", exchange -> send(exchange, 500, "text/plain", "x")),
        new Failure("429", exchange -> send(exchange, 429, "application/json", "{}")),
        new Failure("403", exchange -> send(exchange, 403, "application/json", "{}")),
        new Failure("204", exchange -> send(exchange, 204, "application/json", "")),
        new Failure("HTML", exchange -> send(exchange, 200, "text/html", "<html>")),
        new Failure("broken JSON", exchange -> send(exchange, 200, "application/json", "{")),
        new Failure("empty", exchange -> send(exchange, 200, "application/json", "")),
        new Failure(
            "endless",
            exchange -> send(exchange, 200, "application/json", "{\"a\":\"" + "x".repeat(200_000))),
        new Failure(
            "redirect",
            exchange -> {
              exchange.getResponseHeaders().add("Location", "/introspect");
              send(exchange, 307, "application/json", "{}");
            }),
        new Failure("reset", HttpExchange::close));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void IN4_IN6_I10_isUndecidedWhateverTheServerDoes(Failure failure) {
    HttpHandler good = answer;
    IntrospectionValidator validator = validator();
    FakeIntrospection.granted(validator);

    answer = failure.handler();
    FakeIntrospection.undecided(validator);
    answer = good;
    FakeIntrospection.granted(validator);
  }

  @Test
  void IN6_I10_waitsForADrippingServerForAboutTwoSeconds() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          try {
            while (!closing.await(100, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    long start = System.nanoTime();

    String cause = FakeIntrospection.undecided(validator());
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(cause.contains("too long"), cause);
    assertTrue(taken.compareTo(Duration.ofSeconds(10)) < 0, taken::toString);
  }

  @Test
  void IN6_I10_isUndecidedWhenTheServerIsGone() {
    IntrospectionValidator validator = validator();
    FakeIntrospection.granted(validator);
    server.stop(0);

    FakeIntrospection.undecided(validator);
  }

  @Test
  void I14_acceptsASignedAnswerAndNoOther() {
    IntrospectionClient client = FakeIntrospection.CLIENT;
    IntrospectionValidator validator = validator(client, true);
    Map<String, Object> header = Bench.EC.header();
    header.put("typ", "token-introspection+jwt");
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", "rs-1");
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("token_introspection", members());
    HttpHandler plain = answer;
    answer =
        exchange ->
            send(
                exchange,
                200,
                exchange.getRequestHeaders().getFirst("Accept"),
                Bench.EC.sign(header, claims));

    FakeIntrospection.granted(validator);
    answer = plain;
    FakeIntrospection.undecided(validator);
    claims.put("token_introspection", Map.of("active", false));
    answer =
        exchange ->
            send(
                exchange,
                200,
                "application/token-introspection+jwt",
                Bench.EC.sign(header, claims));
    FakeIntrospection.denied(Denial.INACTIVE, validator);
  }

  @Test
  void SS7_asksNoPrivateAddress() {
    OpaqueTokens tokens =
        new OpaqueTokens(
            TrustedIssuer.of("https://id.example"),
            new OpaqueTokens.Inquiry.Introspection(
                FakeIntrospection.CLIENT,
                Optional.of(URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/")),
                false),
            Duration.ZERO);
    try (IntrospectionValidator validator = IntrospectionValidator.create(tokens, SETTINGS)) {
      String cause = FakeIntrospection.undecided(validator);
      assertTrue(cause.contains("private address"), cause);
    }
    assertEquals(List.of(), introspected);
  }

  @Test
  void asksTheTokeninfoEndpoint() {
    List<String> forms = new CopyOnWriteArrayList<>();
    server.createContext(
        "/tokeninfo",
        exchange -> {
          forms.add(
              exchange.getRequestURI()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          send(
              exchange,
              200,
              "application/json; charset=UTF-8",
              "{\"aud\":\"client-1\",\"azp\":\"client-1\",\"sub\":\"1\",\"expires_in\":\"60\","
                  + "\"scope\":\"openid\"}");
        });
    OpaqueTokens tokens =
        new OpaqueTokens(
            TrustedIssuer.builder(issuer).allowHttpOnLoopback().audienceAliases("client-1").build(),
            new OpaqueTokens.Inquiry.TokenInfo(URI.create(issuer + "/tokeninfo")),
            Duration.ZERO);
    try (IntrospectionValidator validator = IntrospectionValidator.create(tokens, SETTINGS)) {
      assertEquals("1", FakeIntrospection.granted(validator).subject());
    }
    assertEquals(List.of("/tokeninfo access_token=" + FakeIntrospection.TOKEN), forms);
  }

  @Test
  void isUndecidedOnceItIsClosed() {
    IntrospectionValidator validator = validator();
    FakeIntrospection.granted(validator);
    validator.close();

    FakeIntrospection.undecided(validator);
  }
}
