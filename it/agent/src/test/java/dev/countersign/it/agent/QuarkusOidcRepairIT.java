package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Repair mode on an MCP server that authenticates by the OIDC extension of Quarkus. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class QuarkusOidcRepairIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String METADATA =
      "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private RemoteProbe server;

  @BeforeAll
  void start() throws IOException {
    Map<String, String> settings =
        GuardedJvm.settings(
            RESOURCE, authorizationServer, "mode", "repair", "required-scopes", "mcp:read");
    server =
        RemoteProbe.of(
            GuardedJvm.start(
                QuarkusIT.QUARKUS,
                settings,
                "-Dquarkus.oidc.tenant-enabled=true",
                "-Dquarkus.oidc.auth-server-url=" + authorizationServer.issuer(),
                "-Dquarkus.oidc.discovery-enabled=false",
                "-Dquarkus.oidc.jwks-path=keys",
                "-Dquarkus.oidc.client-id=mcp",
                "-Dquarkus.oidc.token.issuer=any",
                "-Dquarkus.http.auth.permission.mcp.paths=/mcp,/mcp/*",
                "-Dquarkus.http.auth.permission.mcp.policy=authenticated"));
    Matrix.shows(Sight.REPAIRS);
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    authorizationServer.close();
  }

  private RawResponse send(RawRequest request) throws IOException {
    return RawHttp.exchange(server.uri(), request);
  }

  private static RawRequest initialize() {
    return RawRequest.of("POST", "/mcp")
        .with("Accept", "application/json, text/event-stream")
        .json(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                + "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
  }

  @Test
  void C30_completesTheBareChallengeOfQuarkus() throws IOException {
    RawResponse refused = send(initialize());

    assertEquals(401, refused.status(), refused::toString);
    assertEquals(List.of("Bearer scope=\"mcp:read\", " + METADATA), refused.values(CHALLENGE));
  }

  @Test
  void C30_completesTheChallengeForABadToken() throws IOException {
    RawResponse refused = send(initialize().bearer("bad"));

    assertEquals(401, refused.status(), refused::toString);
    assertEquals(1, refused.values(CHALLENGE).size(), refused::toString);
    String challenge = refused.value(CHALLENGE).orElse("");
    assertEquals("Bearer ", challenge.substring(0, 7));
    assertEquals(true, challenge.contains(METADATA), challenge);
  }

  @Test
  void leavesAnAdmittedRequestToQuarkus() throws IOException {
    String token = authorizationServer.tokens(RESOURCE).valid();

    assertEquals(200, send(initialize().bearer(token)).status());
  }

  @Test
  void M01_servesTheDocument() throws IOException {
    RawResponse document = send(RawRequest.of("GET", "/.well-known/oauth-protected-resource/mcp"));

    assertEquals(RESOURCE, document.json().get("resource"));
  }
}
