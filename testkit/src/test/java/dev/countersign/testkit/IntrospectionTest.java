package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import dev.countersign.token.ClientAuthMethod;
import dev.countersign.token.TokenFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fake endpoint, asked by the engine itself. */
class IntrospectionTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start("/tenant");

  @AfterEach
  void stop() {
    server.close();
  }

  private ResourceServer engine(ClientAuthMethod method) {
    ConfigBuilder config =
        ResourceServerConfig.builder(RESOURCE)
            .authorizationServer(server.issuer())
            .allowHttpOnLoopback()
            .requiredScopes("mcp:read");
    config
        .commonIssuer()
        .introspection()
        .tokens(TokenFormat.ANY)
        .clientId("rs-1")
        .clientSecret("rs-secret")
        .authentication(method)
        .cache(Duration.ZERO);
    return ResourceServer.create(config.build());
  }

  private static int status(ResourceServer engine, String token) throws IOException {
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(token);
    return engine.admit(exchange) ? 200 : exchange.response().orElseThrow().status();
  }

  @Test
  void I04_admitsActiveTokensUntilTheyAreRevoked() throws IOException {
    String token = server.introspection().activeToken(RESOURCE, "mcp:read");
    for (ClientAuthMethod method :
        new ClientAuthMethod[] {
          ClientAuthMethod.CLIENT_SECRET_BASIC, ClientAuthMethod.CLIENT_SECRET_POST
        }) {
      try (ResourceServer engine = engine(method)) {
        assertEquals(200, status(engine, token));
      }
    }
    assertEquals(2, server.count(Endpoint.INTROSPECTION));

    server.introspection().revoke(token);
    try (ResourceServer engine = engine(ClientAuthMethod.CLIENT_SECRET_BASIC)) {
      assertEquals(401, status(engine, token));
    }
  }

  @Test
  void I06_IN7_refusesTokensOfAnotherResource() throws IOException {
    try (ResourceServer engine = engine(ClientAuthMethod.CLIENT_SECRET_BASIC)) {
      assertEquals(
          401,
          status(engine, server.introspection().activeToken("https://other.example", "mcp:read")));
      assertEquals(403, status(engine, server.introspection().activeToken(RESOURCE, "mcp:write")));
    }
  }

  @Test
  void IN12_I15_aJwtIsJudgedHereAndNotAskedAbout() throws IOException {
    try (ResourceServer engine = engine(ClientAuthMethod.CLIENT_SECRET_BASIC)) {
      assertEquals(200, status(engine, server.tokens(RESOURCE).valid()));
    }
    assertEquals(0, server.count(Endpoint.INTROSPECTION));
  }

  @Test
  void I10_S21_answers503WhileTheEndpointFails() throws IOException {
    String token = server.introspection().activeToken(RESOURCE, "mcp:read");
    try (ResourceServer engine = engine(ClientAuthMethod.CLIENT_SECRET_BASIC)) {
      server.introspection().answer(token, Map.of("active", "true"));
      assertEquals(503, status(engine, token));
      server.goDown();
      assertEquals(503, status(engine, token));
    }
  }

  @Test
  void wantsCredentials() {
    ReceivedRequest anonymous = new ReceivedRequest("POST", "/", "", List.of(), "token=x");

    assertEquals(401, server.introspection().respond(anonymous).status());
    assertSame(server.introspection(), server.introspection());
  }
}
