package dev.countersign;

import static dev.countersign.Engines.METADATA;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Binding;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ToolChallenges;
import dev.countersign.http.Response;
import dev.countersign.oauth.Denial;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Denials as results of a tool (U25). */
class ToolAnswersTest {

  private static final String AGENT = "openai-mcp/1.0.0";

  private final ResourceServer meta = with(ToolChallenges.META);
  private final ResourceServer auto = with(ToolChallenges.AUTO);

  private static ResourceServer with(ToolChallenges form) {
    return engine(
        config -> {
          tools(config);
          config.toolChallenges(form);
        });
  }

  private static void tools(ConfigBuilder config) {
    config.toolScope("save", "files:write");
    config.primaryResource().publicCalls().method("tools/list");
  }

  private static String call(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\"save\"}}";
  }

  private static MemoryExchange post(String json) {
    return MemoryExchange.of("POST", "/mcp").json(json);
  }

  private static MemoryExchange poor(String json) {
    return post(json).bearer("good.mcp_read");
  }

  private static String result(String id, String text, String challenge, String more) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
        + text
        + "\"}],\"isError\":true,\"_meta\":{\"mcp/www_authenticate\":[\""
        + challenge.replace("\"", "\\\"")
        + "\"]}"
        + more
        + "}}";
  }

  private static String insufficient(String scope) {
    return "Bearer error=\"insufficient_scope\", scope=\""
        + scope
        + "\", resource_metadata=\""
        + METADATA
        + "\", error_description=\""
        + Denial.MISSING_SCOPE.text()
        + "\"";
  }

  @Test
  void U25_answersWithAResultOfTheTool() {
    Response response = poor(call("\"a\\\"b\"")).refusedBy(meta);

    assertEquals(200, response.status());
    assertEquals(
        result("\"a\\\"b\"", Denial.MISSING_SCOPE.text(), insufficient("mcp:read files:write"), ""),
        response.body());
    assertEquals(List.of("application/json"), response.values("Content-Type"));
    assertEquals(List.of("no-store"), response.values("Cache-Control"));
    assertEquals(List.of("nosniff"), response.values("X-Content-Type-Options"));
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }

  @Test
  void U25_saysThatTheResultIsCompleteToClientsThatExpectIt() {
    Response response =
        MemoryExchange.of("POST", "/mcp")
            .modernCall("save")
            .bearer("good.mcp_read")
            .refusedBy(meta);

    assertEquals(
        result(
            "7",
            Denial.MISSING_SCOPE.text(),
            insufficient("mcp:read files:write"),
            ",\"resultType\":\"complete\""),
        response.body());
  }

  @Test
  void U25_K14_asksForALoginInMixedMode() {
    assertEquals(
        result("7", Denial.NO_CREDENTIALS.text(), insufficient("mcp:read"), ""),
        post(call("7")).refusedBy(meta).body());
  }

  @Test
  void U25_asksForAStrongerLogin() {
    ResourceServer strong =
        engine(
            config -> {
              config.toolChallenges(ToolChallenges.META);
              config.primaryResource().acrValues("2");
            });

    Response response = poor(call("7")).refusedBy(strong);

    assertEquals(200, response.status());
    assertTrue(response.body().contains("insufficient_user_authentication"), response::body);
    assertTrue(response.body().contains("acr_values=\\\"2\\\""), response::body);
  }

  @Test
  void U25_readsTheBodyForTheAnswerWhereNoRuleDoes() {
    ResourceServer plain = engine(config -> config.toolChallenges(ToolChallenges.META));
    MemoryExchange exchange = post(call("7")).bearer("good.x");

    assertEquals(200, exchange.refusedBy(plain).status());
    assertEquals(1, exchange.bodyReads);
  }

  @Test
  void U25_readsTheBodyOnce() {
    MemoryExchange exchange = poor(call("7"));
    exchange.refusedBy(meta);
    assertEquals(1, exchange.bodyReads);
  }

  @Test
  void U25_F4_answersNobodySoWhoseTokenIsNotGood() {
    ResourceServer closed = engine(config -> config.toolChallenges(ToolChallenges.META));
    MemoryExchange bad = post(call("7")).bearer("bad");
    MemoryExchange none = post(call("7"));

    assertEquals(401, bad.refusedBy(closed).status());
    assertEquals(401, none.refusedBy(closed).status());
    assertEquals(0, bad.bodyReads + none.bodyReads);
    assertEquals(401, post(call("7")).bearer("bad").refusedBy(meta).status());
  }

  @Test
  void U25_answersByStatusWhatIsNoCallOfATool() {
    for (String json :
        List.of(
            "[" + call("7") + "]",
            call("\"" + "a".repeat(257) + "\""),
            call("7").replace("\"id\":7,", ""))) {
      assertEquals(403, poor(json).refusedBy(meta).status(), json);
    }
    ResourceServer plain = engine(config -> config.toolChallenges(ToolChallenges.META));
    String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    assertEquals(403, post(list).bearer("good.x").refusedBy(plain).status());
    assertEquals(403, MemoryExchange.of("GET", "/mcp").bearer("good.x").refusedBy(plain).status());
    assertEquals(
        403, post(call("7") + " ".repeat(1_048_576)).bearer("good.x").refusedBy(plain).status());
  }

  @Test
  void U25_recognisesTheClient() {
    assertEquals(200, poor(call("7")).field("User-Agent", AGENT).refusedBy(auto).status());
    for (String other : List.of("claude", "x openai-mcp/1", "OpenAI-MCP/1", "openai-mcpx")) {
      assertEquals(403, poor(call("7")).field("User-Agent", other).refusedBy(auto).status(), other);
    }
    assertEquals(403, poor(call("7")).refusedBy(auto).status());
  }

  @Test
  void U25_U26_answersByStatusUnlessConfigured() {
    ResourceServer usual = engine(ToolAnswersTest::tools);

    Response response = poor(call("7")).field("User-Agent", AGENT).refusedBy(usual);

    assertEquals(403, response.status());
    assertEquals(
        List.of(insufficient("mcp:read files:write")), response.values("WWW-Authenticate"));
    assertEquals(401, post(call("7")).field("User-Agent", AGENT).refusedBy(usual).status());
  }

  @Test
  void U25_tellsEveryChallenge() {
    ResourceServer bound =
        engine(
            config -> {
              tools(config);
              config.toolChallenges(ToolChallenges.META).senderConstraint().dpop(Binding.OPTIONAL);
            });

    String body = poor(call("7")).refusedBy(bound).body();

    assertTrue(body.contains("[\"Bearer error="), body);
    assertTrue(body.contains("\"DPoP scope="), body);
  }

  @Test
  void U25_hasTheFieldsForPagesOfOtherOrigins() {
    Response response = poor(call("7")).field("Origin", "https://mcp.example").refusedBy(meta);
    assertEquals(List.of("https://mcp.example"), response.values("Access-Control-Allow-Origin"));
  }

  @Test
  void leavesTheReadingOfABodyToAThreadThatMayBlock() throws IOException {
    ResourceServer plain = engine(config -> config.toolChallenges(ToolChallenges.META));
    assertEquals(Optional.empty(), plain.admitAtOnce(post(call("7"))));
    assertEquals(Optional.of(false), plain.admitAtOnce(MemoryExchange.of("GET", "/mcp")));
  }

  @Test
  void handsTheExchangeOnThatItReads() {
    MemoryExchange exchange = post(call("7")).bearer("good.mcp_read.files_write");
    assertTrue(exchange.admittedBy(meta));
    assertTrue(exchange.admission().accessToken().isPresent());
  }
}
