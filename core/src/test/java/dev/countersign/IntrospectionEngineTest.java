package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.IntrospectionBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.token.TokenFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque tokens from the configuration to the answer. */
@Timeout(60)
class IntrospectionEngineTest {

  private static final String TOKEN = "opaque-token-0123456789";
  private static final String GOOD =
      "{\"active\":true,\"sub\":\"user-1\",\"client_id\":\"client-1\",\"aud\":\""
          + Engines.RESOURCE
          + "\",\"scope\":\"mcp:read\"";

  private final AtomicInteger asked = new AtomicInteger();
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<ResourceServer> engines = new ArrayList<>();
  private String issuer = "";
  private volatile int status = 200;
  private volatile String answer = GOOD + "}";

  @BeforeEach
  void start() throws IOException {
    issuer = server(asked);
  }

  @AfterEach
  void stop() {
    engines.forEach(ResourceServer::close);
    servers.forEach(server -> server.stop(0));
  }

  private String server(AtomicInteger count) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/introspect", exchange -> introspect(exchange, count));
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void introspect(HttpExchange exchange, AtomicInteger count) throws IOException {
    count.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private ResourceServer engine(Consumer<ConfigBuilder> more) {
    ConfigBuilder builder =
        ResourceServerConfig.builder(Engines.RESOURCE)
            .allowHttpOnLoopback()
            .requiredScopes("mcp:read");
    more.accept(builder);
    ResourceServer engine = ResourceServer.create(builder.build());
    engines.add(engine);
    return engine;
  }

  private static void opaque(IntrospectionBuilder introspection, String issuer) {
    introspection
        .tokens(TokenFormat.OPAQUE)
        .endpoint(issuer + "/introspect")
        .clientId("rs-1")
        .clientSecret("rs-secret")
        .cache(Duration.ZERO);
  }

  private ResourceServer engine() {
    return engine(
        config -> {
          config.authorizationServer(issuer);
          opaque(config.commonIssuer().introspection(), issuer);
        });
  }

  private static MemoryExchange call(String token) {
    return MemoryExchange.of("POST", "/mcp").bearer(token);
  }

  @Test
  void IN1_I04_I12_admitsAnActiveToken() {
    MemoryExchange exchange = call(TOKEN);

    assertTrue(exchange.admittedBy(engine()));
    AccessToken token = exchange.admission().accessToken().orElseThrow();
    assertEquals("user-1", token.subject());
    assertEquals("client-1", token.clientId().orElseThrow());
  }

  @Test
  void IN2_I04_S19_answers401WhenTheTokenIsNotActive() {
    answer = "{\"active\":false}";

    Response response = call(TOKEN).refusedBy(engine());
    assertEquals(401, response.status());
    assertTrue(Engines.challenge(response).contains("error=\"invalid_token\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{\"active\":\"true\"}",
        "{\"active\":1}",
        "{}",
        "[]",
        "{\"active\":null}"
      })
  void IN4_I05_I10_S21_SS9_answers503ToAnUnusableAnswer(String unusable) {
    answer = unusable;

    unavailable(call(TOKEN).refusedBy(engine()));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500, 502, 503})
  void IN5_IN6_I10_S21_SS9_answers503WhateverTheServerFailsWith(int failure) {
    status = failure;
    answer = "{\"error\":\"secret-detail\"}";

    unavailable(call(TOKEN).refusedBy(engine()));
  }

  private static void unavailable(Response response) {
    assertEquals(503, response.status());
    assertEquals("", Engines.challenge(response));
    assertEquals(1, response.values("Retry-After").size());
    assertFalse(response.toString().contains("introspect"), response::toString);
    assertFalse(response.toString().contains("secret"), response::toString);
  }

  @Test
  void IN9_I11_refusesABoundTokenThatIsUsedAsABearerToken() {
    answer = GOOD + ",\"token_type\":\"DPoP\",\"cnf\":{\"jkt\":\"" + "x".repeat(43) + "\"}}";
    assertEquals(401, call(TOKEN).refusedBy(engine()).status());

    answer = GOOD + ",\"cnf\":{\"jkt\":\"" + "x".repeat(43) + "\"}}";
    assertEquals(401, call(TOKEN).refusedBy(engine()).status());

    answer = GOOD + ",\"cnf\":{\"x5t#S256\":\"" + "x".repeat(43) + "\"}}";
    assertEquals(401, call(TOKEN).refusedBy(engine()).status());

    answer = GOOD + ",\"cnf\":{}}";
    assertEquals(401, call(TOKEN).refusedBy(engine()).status());
  }

  @Test
  void IN8_I11_refusesDpopTokensWithoutAKey() {
    answer = GOOD + ",\"token_type\":\"DPoP\"}";

    assertEquals(401, call(TOKEN).refusedBy(engine()).status());
  }

  @Test
  void I15_asksOneServerOnly() throws IOException {
    AtomicInteger other = new AtomicInteger();
    String jwtIssuer = server(other);
    ResourceServer engine =
        engine(
            config -> {
              config.authorizationServer(jwtIssuer);
              config.issuer("opaque").issuer(issuer);
              opaque(config.issuer("opaque").introspection(), issuer);
            });

    assertTrue(call(TOKEN).admittedBy(engine));
    // The issuer in a token of this shape decides nothing.
    assertTrue(call("x." + jwtIssuer.replace(":", "").replace("/", "")).admittedBy(engine));
    assertEquals(2, asked.get());
    assertEquals(0, other.get());
  }

  @Test
  void IN12_J52_withJwtsOnlyNobodyIsAsked() {
    ResourceServer engine = engine(config -> config.authorizationServer(issuer));

    for (String token : List.of("abc", "7f1b0a52-95a2-4d38-8f5b-0c0c8bb7f0b1", "...", TOKEN)) {
      assertEquals(401, call(token).refusedBy(engine).status());
    }
    assertEquals(0, asked.get());
  }

  @Test
  void asksOnceForEachRequestAtMost() {
    ResourceServer engine = engine();
    for (int run = 1; run <= 20; run++) {
      assertTrue(call(TOKEN).admittedBy(engine));
      assertEquals(run, asked.get());
    }
    call("short").refusedBy(engine);
    MemoryExchange.of("POST", "/mcp").refusedBy(engine);
    assertEquals(20, asked.get());
  }

  @Test
  void aMissingScopeIsAskedForAsWithJwts() {
    answer = GOOD.replace("mcp:read", "mcp:other") + "}";

    Response response = call(TOKEN).refusedBy(engine());
    assertEquals(403, response.status());
    assertTrue(Engines.challenge(response).contains("error=\"insufficient_scope\""));
  }
}
