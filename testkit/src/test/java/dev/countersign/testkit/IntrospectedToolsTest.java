package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before chosen tools are called, the authorization server is asked about a JWT as well. */
class IntrospectedToolsTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
  private final String token = server.tokens(RESOURCE).valid();
  private final ResourceServer engine = ResourceServer.create(config().build());

  private ConfigBuilder config() {
    ConfigBuilder config = ResourceServerConfig.builder(RESOURCE).allowHttpOnLoopback();
    config
        .issuer("main")
        .issuer(server.issuer())
        .introspection()
        .clientId("rs")
        .clientSecret("a secret of this test, long enough")
        .tools(List.of("pay"))
        .cache(Duration.ZERO);
    server.introspection().answer(token, Map.of("active", true, "sub", "user-1", "aud", RESOURCE));
    return config;
  }

  @AfterEach
  void stop() {
    engine.close();
    server.close();
  }

  private static String body(String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\"}}";
  }

  private RecordingExchange call(String body) throws IOException {
    RecordingExchange exchange =
        RecordingExchange.of("POST", "/mcp")
            .bearer(token)
            .header("Content-Type", "application/json")
            .body(body);
    engine.admit(exchange);
    return exchange;
  }

  private int status(String tool) throws IOException {
    return call(body(tool)).response().map(Response::status).orElse(200);
  }

  @Test
  void I16_aRevokedJwtCallsNoMarkedTool() throws IOException {
    assertEquals(200, status("pay"));
    assertEquals(1, server.count(Endpoint.INTROSPECTION));

    server.introspection().revoke(token);

    assertEquals(401, status("pay"));
    assertEquals(200, status("search"));
    assertEquals(2, server.count(Endpoint.INTROSPECTION));
    RecordingExchange refused = call(body("pay"));
    assertTrue(
        refused
            .response()
            .orElseThrow()
            .values("WWW-Authenticate")
            .toString()
            .contains("error=\"invalid_token\""));
  }

  @Test
  void I16_aMarkedToolInABatchIsEnough() throws IOException {
    server.introspection().revoke(token);

    RecordingExchange exchange = call("[" + body("search") + "," + body("pay") + "]");

    assertEquals(401, exchange.response().orElseThrow().status());
  }

  @Test
  void I16_anOutageStopsMarkedToolsOnly() throws IOException {
    server.fail(Endpoint.INTROSPECTION, Fault.status(500));

    assertEquals(503, status("pay"));
    assertEquals(200, status("search"));
  }

  @Test
  void I16_aTokenForAnotherResourceIsNoneForAMarkedTool() throws IOException {
    server
        .introspection()
        .answer(token, Map.of("active", true, "sub", "user-1", "aud", "https://other.example"));

    assertEquals(401, status("pay"));
  }
}
