package dev.countersign;

import static dev.countersign.Engines.METADATA;
import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.BearerChallengeBuilder;
import dev.countersign.http.Challenges;
import dev.countersign.http.Response;
import dev.countersign.mcp.StepUpStrategy;
import dev.countersign.oauth.Denial;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which scopes the challenges of good tokens name. */
class StepUpEngineTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"save\"}}";
  private static final String MODERN = "2026-07-28";

  private final ResourceServer engine = engine(StepUpEngineTest::tools);

  private static void tools(ConfigBuilder config) {
    config.toolScope("save", "files:read", "files:write").scopesSupported("admin:all");
  }

  private static MemoryExchange call(String revision, String scope) {
    MemoryExchange call =
        MemoryExchange.of("POST", "/mcp")
            .bearer("good." + scope.replace(':', '_').replace(' ', '.'));
    if (revision.equals(MODERN)) {
      return call.modernCall("save");
    }
    return revision.isEmpty()
        ? call.json(CALL)
        : call.json(CALL).field("MCP-Protocol-Version", revision);
  }

  private static BearerChallenge read(Response response) {
    return BearerChallenge.from(Challenges.parse(challenge(response)).get(0));
  }

  private static String asked(ResourceServer engine, MemoryExchange exchange) {
    Response response = exchange.refusedBy(engine);
    assertEquals(403, response.status());
    return String.join(" ", read(response).scope());
  }

  @Test
  void U03_asksModernClientsForTheOperationOnly() {
    assertEquals(
        "mcp:read files:read files:write", asked(engine, call(MODERN, "mcp:read admin:all")));
  }

  @Test
  void U03_asksOlderClientsForWhatTheyHaveAsWell() {
    for (String revision : List.of("", "2025-03-26", "2025-06-18", "2025-11-25")) {
      assertEquals(
          "mcp:read files:read files:write admin:all",
          asked(engine, call(revision, "admin:all mcp:read unknown")));
    }
  }

  @Test
  void U03_doesAsConfiguredWhateverTheRevision() {
    ResourceServer operation =
        engine(
            config -> {
              tools(config);
              config.primaryResource().stepUp().strategy(StepUpStrategy.OPERATION);
            });
    ResourceServer related =
        engine(
            config -> {
              tools(config);
              config
                  .primaryResource()
                  .stepUp()
                  .strategy(StepUpStrategy.RELATED)
                  .scopeGroup("files", "files:write", "files:share");
            });

    assertEquals(
        "mcp:read files:read files:write", asked(operation, call("", "mcp:read admin:all")));
    assertEquals(
        "mcp:read files:read files:write files:share",
        asked(related, call(MODERN, "mcp:read admin:all")));
  }

  @Test
  void U06_SC13_answersTheSameNeedWithTheSameBytes() {
    Response first = call("", "mcp:read admin:all").refusedBy(engine);

    assertEquals(first, call("", "admin:all mcp:read").refusedBy(engine));
    assertEquals(first, call("2025-11-25", "other admin:all mcp:read").refusedBy(engine));
  }

  @Test
  void U23_asksAWeakLoginForTheSameScopes() {
    ResourceServer strong =
        engine(
            config -> {
              tools(config);
              config.primaryResource().toolAcrValues("save", "2");
            });

    Response response = call("", "mcp:read admin:all").refusedBy(strong);

    assertEquals(401, response.status());
    assertEquals(
        "Bearer error=\"insufficient_user_authentication\", scope=\"mcp:read files:read"
            + " files:write admin:all\", resource_metadata=\""
            + METADATA
            + "\", acr_values=\"2\", error_description=\""
            + Denial.WEAK_AUTHENTICATION.text()
            + "\"",
        challenge(response));
  }

  /** A client that adds what it is asked for to what it has. */
  @Test
  void U24_aClientThatUnitesNeedsOneStep() {
    Set<String> scopes = new LinkedHashSet<>(Set.of("mcp:read"));
    for (String revision : List.of(MODERN, "2025-11-25")) {
      Set<String> all = new LinkedHashSet<>(scopes);
      all.addAll(List.of(asked(engine, call(revision, String.join(" ", scopes))).split(" ")));
      assertTrue(call(revision, String.join(" ", all)).admittedBy(engine), revision);
    }
  }

  /** A client of TypeScript v1: its scopes become those of the challenge. */
  @Test
  void U24_aClientThatReplacesKeepsWhatItHad() {
    ResourceServer two =
        engine(config -> config.toolScope("save", "files:write").toolScope("send", "mail:send"));
    String save = CALL;
    String send = CALL.replace("save", "send");

    String scope = "mcp:read";
    for (String json : List.of(save, send)) {
      scope = asked(two, legacy(scope, json));
    }

    assertTrue(legacy(scope, save).admittedBy(two));
    assertTrue(legacy(scope, send).admittedBy(two));
  }

  private static MemoryExchange legacy(String scope, String json) {
    return MemoryExchange.of("POST", "/mcp")
        .field("MCP-Protocol-Version", "2025-11-25")
        .bearer("good." + scope.replace(':', '_').replace(' ', '.'))
        .json(json);
  }

  // With a long identifier there is room for the scopes of the operation, but not for more.
  @Test
  void leavesAwayWhatWouldMakeTheChallengeTooLong() {
    String path = "a".repeat(1_200);
    String more = "m".repeat(900);
    ResourceServer narrow =
        ResourceServer.create(
            ResourceServerConfig.builder("https://mcp.example/" + path)
                .authorizationServer("https://id.example")
                .tokenValidator(new StubValidator())
                .requiredScopes("mcp:read")
                .toolScope("save", "files:write")
                .scopesSupported(more)
                .build());

    Response response =
        MemoryExchange.of("POST", "/" + path)
            .bearer("good.mcp_read." + more)
            .json(CALL)
            .refusedBy(narrow);

    BearerChallenge challenge = read(response);
    assertEquals("mcp:read files:write", String.join(" ", challenge.scope()));
    assertTrue(challenge.challenge().toString().length() <= BearerChallengeBuilder.MAX_LENGTH);
  }
}
