package dev.countersign.mcpsdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.Tokens;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lists of the SDK: an event with sessions, JSON without. */
@Timeout(60)
class FilteredToolsTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);
  private final ResourceServer engine = ResourceServer.create(config());

  private ResourceServerConfig config() {
    ConfigBuilder config =
        ResourceServerConfig.builder(RESOURCE)
            .authorizationServer(authorizationServer.issuer())
            .allowHttpOnLoopback();
    config
        .primaryResource()
        .filterLists(true)
        .hideDenied(true)
        .rule(Target.tool("whoami"), Requirement.NOTHING)
        .rule(Target.tool("reboot"), Requirement.allOf("ops"));
    return config.build();
  }

  @AfterEach
  void stop() {
    engine.close();
    authorizationServer.close();
  }

  private String token(String scope) {
    return tokens.mint().scope(scope).text();
  }

  @Test
  void U12_U13_MC27_SC12_withSessions() throws Exception {
    try (SdkServer server = SdkServer.withSessions(engine, context -> "")) {
      SdkClient client = new SdkClient(server.uri());
      for (String scope : List.of("ops", "other")) {
        holds(client, scope, Optional.of(client.initialize(token(scope))));
      }
    }
  }

  @Test
  void U12_U13_MC27_SC12_withoutSessions() throws Exception {
    try (SdkServer server = SdkServer.stateless(engine, context -> "")) {
      SdkClient client = new SdkClient(server.uri());
      holds(client, "ops", Optional.empty());
      holds(client, "other", Optional.empty());
    }
  }

  private void holds(SdkClient client, String scope, Optional<String> session) throws Exception {
    boolean operator = scope.equals("ops");
    assertEquals(
        operator ? List.of("reboot", "whoami") : List.of("whoami"),
        client.tools(token(scope), session));
    String answer = client.call("reboot", token(scope), session);
    String expected = operator ? "\"text\":\"rebooted\"" : "\"Unknown tool: reboot\"";
    assertTrue(answer.contains(expected), answer);
  }
}
