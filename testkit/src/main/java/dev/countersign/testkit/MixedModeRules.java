package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.BearerError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Some calls need no token, and some clients want to be told in a result. */
abstract class MixedModeRules extends StepUpRules {

  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
  private static final String LEGACY = "2025-11-25";

  private Stand mixed() {
    return stand(Setup.MIXED);
  }

  private void challenged(RawRequest request) throws IOException {
    RawResponse response = refused(mixed(), 401, request);
    assertEquals(Optional.of(Refusal.NO_TOKEN), response.value("WWW-Authenticate"));
  }

  @Test
  void K14_letsPublicCallsPass() throws IOException {
    assertEquals(LIST, seen(mixed(), rpc(LIST)).body());
    assertEquals(INITIALIZE, seen(mixed(), post()).body());
    assertEquals(200, reached(mixed(), toolCall("search", LEGACY)).status());
    assertEquals(200, reached(mixed(), toolCall("search", MODERN)).status());
    assertEquals(LIST, seen(mixed(), rpc(LIST).bearer(tokens().valid())).body());
    assertEquals(
        LIST,
        seen(
                mixed(),
                RawRequest.of("POST", "/mcp")
                    .with("Content-Type", "application/json")
                    .chunked(LIST))
            .body());
  }

  @Test
  void K14_challengesEverythingElse() throws IOException {
    challenged(toolCall("delete_file", LEGACY));
    challenged(toolCall("delete_file", MODERN));
    challenged(toolCall("Search", LEGACY));
    challenged(rpc(LIST.replace("tools/list", "resources/list")));
    challenged(rpc("[" + LIST + "," + LIST.replace("tools/list", "ping") + "]"));
    challenged(RawRequest.of("PUT", "/mcp").json(LIST));
    challenged(RawRequest.of("POST", "/mcp/x").json(LIST));
    challenged(RawRequest.of("POST", "/").json(LIST));
  }

  @Test
  void K14_H13_challengesWhatCannotBeRead() throws IOException {
    for (String body :
        List.of("", "{broken", "[]", LIST + LIST, LIST.replace("\"id\"", "\"method\":1,\"id\""))) {
      challenged(rpc(body));
    }
    challenged(rpc(LIST).without("Content-Type").with("Content-Type", "text/plain"));
    challenged(toolCall("search", MODERN).without("Mcp-Name").with("Mcp-Name", "delete_file"));
    challenged(rpc(LIST + " ".repeat(1_048_576)));
  }

  @Test
  void K14_verifiesEveryTokenThatIsPresented() throws IOException {
    for (TokenFault fault : List.of(TokenFault.EXPIRED, TokenFault.OTHER_AUDIENCE)) {
      Refusal.challenged(
          refused(mixed(), 401, rpc(LIST).bearer(tokens().faulty(fault))),
          BearerError.INVALID_TOKEN);
    }
    Refusal.challenged(refused(mixed(), 401, rpc(LIST).bearer("bad")), BearerError.INVALID_TOKEN);
    challenged(rpc(LIST).with("Authorization", "Basic dTpw"));
    refused(mixed(), 403, rpc(LIST).bearer(tokens().mint().scope("x").text()));
  }

  @Test
  void H15_K14_answersAStreamWithoutTokenWithoutAChallenge() throws IOException {
    for (String method : List.of("GET", "HEAD", "DELETE")) {
      RawResponse response = refused(mixed(), 405, RawRequest.of(method, "/mcp"));
      assertEquals(List.of("POST"), response.values("Allow"), method);
      assertEquals(List.of(), response.values("WWW-Authenticate"), method);
    }
    refused(mixed(), 401, get("/mcp").bearer("bad"));
    assertEquals(200, reached(mixed(), get("/mcp").bearer(tokens().valid())).status());
  }

  @Test
  void K14_U24_aCallWithoutTokenIsOneLoginFromSuccess() throws IOException {
    String scope =
        Challenged.params(
                refused(mixed(), 401, toolCall("delete_file", LEGACY))
                    .value("WWW-Authenticate")
                    .orElse(""))
            .getOrDefault("scope", "");
    SteppingClient client =
        new SteppingClient(
            mixed(),
            granted -> tokens().mint().scope(granted).text(),
            SteppingClient.Habit.REPLACE,
            scope);

    assertEquals(1, client.steps(toolCall("delete_file", LEGACY)));
  }

  @Test
  void U25_tellsChatGptInAResultOfTheTool() throws IOException {
    RawRequest call = toolCall("delete_file", LEGACY).with("User-Agent", "openai-mcp/1.0.0");

    assertEquals(
        List.of(Refusal.insufficientScope("mcp:read files:read files:write")),
        told(call.bearer(tokens().valid())));
    assertEquals(List.of(Refusal.insufficientScope("mcp:read")), told(call));
  }

  private List<?> told(RawRequest call) throws IOException {
    mixed().application().clear();
    RawResponse response = mixed().send(call);
    assertEquals(200, response.status(), response::toString);
    assertEquals(0, mixed().application().invocations());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    assertEquals("no-store", response.value("Cache-Control").orElse(""));
    Map<String, Object> body = response.json();
    assertEquals(7, assertInstanceOf(Number.class, body.get("id")).intValue());
    Map<?, ?> result = assertInstanceOf(Map.class, body.get("result"));
    assertEquals(true, result.get("isError"));
    assertTrue(String.valueOf(result.get("content")).contains("text"));
    Map<?, ?> meta = assertInstanceOf(Map.class, result.get("_meta"));
    return assertInstanceOf(List.class, meta.get("mcp/www_authenticate"));
  }

  @Test
  void U25_U26_tellsEverybodyElseByStatus() throws IOException {
    RawRequest call = toolCall("delete_file", LEGACY).with("User-Agent", "claude-code/2");

    refused(mixed(), 403, call.bearer(tokens().valid()));
    challenged(call);
    refused(
        mixed(),
        401,
        call.without("User-Agent").with("User-Agent", "openai-mcp/1.0.0").bearer("bad"));
  }
}
