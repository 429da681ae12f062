package dev.countersign;

import static dev.countersign.Engines.METADATA;
import static dev.countersign.Engines.RESOURCE;
import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.InsufficientScopeException;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.DecisionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Denials that the application raises. */
class RaisedDenialsTest {

  private final List<DecisionEvent> events = new ArrayList<>();
  private final ResourceServer engine =
      engine(
          config ->
              config
                  .listener(events::add)
                  .scopesSupported("mcp:read", "files:write", "mail:send")
                  .allowedOrigin("https://app.example"));

  private static AccessToken token(String audience, String scope) {
    return new AccessToken(
        "https://id.example",
        "subject",
        Optional.empty(),
        List.of(audience),
        Scope.parse(scope),
        Instant.MAX,
        Map.of());
  }

  private static String insufficient(String scope, String metadata) {
    return "Bearer error=\"insufficient_scope\", scope=\""
        + scope
        + "\", resource_metadata=\""
        + metadata
        + "\", error_description=\""
        + Denial.MISSING_SCOPE.text()
        + "\"";
  }

  private static MemoryExchange request() {
    return MemoryExchange.of("POST", "/mcp").bearer("good");
  }

  @Test
  void aTokenKnowsWhetherItHasAScope() {
    AccessToken token = token(RESOURCE, "mcp:read files:write");

    assertDoesNotThrow(() -> token.requireScopes("files:write", "mcp:read"));
    InsufficientScopeException e =
        assertThrows(
            InsufficientScopeException.class,
            () -> token.requireScopes("mail:send", "files:write"));
    assertEquals("mail:send files:write", e.needed().toString());
    assertEquals("the operation needs the scope mail:send files:write", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> token.requireScopes("a b"));
  }

  @Test
  void U04_aBroaderScopeStandsForWhatItImplies() {
    ResourceServer broad =
        engine(config -> config.primaryResource().scopeImplies("admin", "files:write"));
    AccessToken token = token(RESOURCE, "admin");

    assertDoesNotThrow(() -> broad.requireScopes(token, "files:write"));
    assertThrows(
        InsufficientScopeException.class, () -> broad.requireScopes(token, "files:write", "x"));
    assertThrows(
        InsufficientScopeException.class, () -> engine.requireScopes(token, "files:write"));
  }

  @Test
  void U01_U02_namesWhatIsNeededAndWhatTheTokenHas() {
    Response response =
        engine.refusal(request(), Scope.of("mail:send"), Scope.parse("files:write mcp:read x"));

    assertEquals(403, response.status());
    assertEquals(insufficient("mcp:read mail:send files:write", METADATA), challenge(response));
  }

  @Test
  void U11_tellsTheListeners() {
    engine.refusal(request(), Scope.of("mail:send"), Scope.NONE);

    Decision.Denied denied = (Decision.Denied) events.get(0).decision();
    assertEquals(Denial.MISSING_SCOPE, denied.why());
    assertEquals("mcp:read mail:send", denied.scope().toString());
    assertEquals("raised by the application", denied.detail());
    assertEquals("/mcp", events.get(0).path());
  }

  @Test
  void pagesOfOtherOriginsCanReadIt() {
    Response response =
        engine.refusal(
            request().field("Origin", "https://app.example"), Scope.of("mail:send"), Scope.NONE);
    assertEquals(List.of("https://app.example"), response.values("Access-Control-Allow-Origin"));
  }

  @Test
  void refusesWithoutAChallengeWhatNoChallengeCanSay() {
    for (String scope : List.of("a,b", "x".repeat(3_000))) {
      Response response = engine.refusal(request(), Scope.of(scope), Scope.NONE);
      assertEquals(403, response.status());
      assertEquals(List.of(), response.values("WWW-Authenticate"));
    }
  }

  @Test
  void U25_becomesTheResultOfATool() {
    ToolDenial denial = engine.toolDenial(token(RESOURCE, "mcp:read"), Scope.of("mail:send"));

    String challenge = insufficient("mcp:read mail:send", METADATA);
    assertEquals(Denial.MISSING_SCOPE.text(), denial.text());
    assertEquals(Map.of("mcp/www_authenticate", List.of(challenge)), denial.meta());
    assertEquals(
        Map.of(
            "content",
            List.of(Map.of("type", "text", "text", denial.text())),
            "isError",
            true,
            "_meta",
            denial.meta()),
        denial.result());
  }

  @Test
  void isAboutTheResourceThatTheTokenIsFor() {
    ResourceServer two =
        engine(
            config ->
                config
                    .resource("other")
                    .resource("https://mcp.example/other")
                    .requiredScopes("other:read"));

    ToolDenial other = two.toolDenial(token("https://mcp.example/other", ""), Scope.of("x"));
    ToolDenial first = two.toolDenial(token("api://alias", ""), Scope.of("x"));

    assertTrue(other.challenges().get(0).contains("scope=\"other:read x\""));
    assertTrue(other.challenges().get(0).contains("oauth-protected-resource/other\""));
    assertTrue(first.challenges().get(0).contains("scope=\"mcp:read x\""));
  }
}
