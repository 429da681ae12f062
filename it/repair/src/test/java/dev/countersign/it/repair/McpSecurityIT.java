package dev.countersign.it.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springaicommunity.mcp.security.server.config.McpServerOAuth2Configurer;

/** The security library of the Spring AI community for MCP servers. */
class McpSecurityIT extends RepairedApplication {

  @Override
  Offender.Security security() {
    return http ->
        http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
            .with(
                McpServerOAuth2Configurer.mcpServerOAuth2(),
                mcp ->
                    mcp.authorizationServer(authorizationServer.issuer())
                        .resourcePath("/mcp")
                        .jwtDecoder(Offender.decoder(authorizationServer)))
            .build();
  }

  @Test
  void theApplicationDecides() throws IOException {
    RawResponse response = offender().repaired(get().bearer(good()));

    assertEquals(200, response.status(), response::toString);
  }

  @Test
  void C30_S11_withoutAToken() throws IOException {
    // Not quoted, and the scheme is the one behind the proxy.
    assertEquals(
        List.of(
            "Bearer resource_metadata="
                + "http://mcp.example.com/.well-known/oauth-protected-resource/mcp"),
        offender().asItIs(get()).values("WWW-Authenticate"));

    assertEquals(List.of(FIRST), offender().challengesForEveryClient(get()));
  }

  @Test
  void C30_S07_withABadToken() throws IOException {
    List<String> after = offender().challengesForEveryClient(get().bearer("a.b.c"));

    assertEquals(1, after.size());
    assertTrue(after.get(0).startsWith(BAD_TOKEN), after::toString);
  }
}
