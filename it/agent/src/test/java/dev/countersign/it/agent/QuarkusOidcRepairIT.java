package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.RawRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Repair mode on an MCP server that authenticates by the OIDC extension of Quarkus. */
class QuarkusOidcRepairIT extends LoginRepairContract {

  @Override
  Process start(Map<String, String> settings, String issuer) throws IOException {
    return GuardedJvm.start(
        QuarkusIT.QUARKUS,
        settings,
        "-Dquarkus.oidc.tenant-enabled=true",
        "-Dquarkus.oidc.auth-server-url=" + issuer,
        "-Dquarkus.oidc.discovery-enabled=false",
        "-Dquarkus.oidc.jwks-path=keys",
        "-Dquarkus.oidc.client-id=mcp",
        "-Dquarkus.oidc.token.issuer=any",
        "-Dquarkus.http.auth.permission.mcp.paths=/mcp,/mcp/*,/open",
        "-Dquarkus.http.auth.permission.mcp.policy=authenticated");
  }

  @Override
  List<String> own() {
    return List.of("Bearer");
  }

  @Override
  RawRequest request(String path) {
    return RawRequest.of("POST", path)
        .with("Accept", "application/json, text/event-stream")
        .json(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                + "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
  }

  @Test
  void itsChallengeForABadTokenIsAsBare() throws IOException {
    assertEquals(own(), challenges(request(OPEN).bearer("a.b.c")));
  }
}
