package dev.countersign;

import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.http.Response;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller learns of the tools, prompts and resources that it may not use. */
class VisibilityTest {

  private static final String BASE = "good.mcp_read";

  private static final Consumer<ConfigBuilder> RULES =
      config -> {
        config.primaryResource().rule(Target.tool("open"), Requirement.NOTHING);
        config.primaryResource().rule(Target.tool("write"), Requirement.allOf("w"));
        config.primaryResource().rule(Target.tool("mfa"), Requirement.parse("none"));
        config.primaryResource().toolAcrValues("mfa", "urn:mfa");
        config.primaryResource().rule(Target.tool("never"), Requirement.DENIED);
        config
            .primaryResource()
            .rule(Target.tool("query").with("db", "main"), Requirement.NOTHING)
            .rule(Target.tool("query").with("db", "secret"), Requirement.allOf("w"))
            .rule(Target.tool("admin").with("db", "main"), Requirement.allOf("w"))
            .rule(Target.prompt("p"), Requirement.allOf("w"))
            .rule(Target.resource("db://{x}/y"), Requirement.allOf("w"))
            .rule(Target.resource("db://open/*"), Requirement.NOTHING);
      };

  private static final ResourceServer HIDING =
      engine(RULES.andThen(config -> config.primaryResource().hideDenied(true)));
  private static final ResourceServer FILTERING =
      engine(RULES.andThen(config -> config.primaryResource().filterLists(true)));

  private static MemoryExchange post(String token, String json) {
    return MemoryExchange.of("POST", "/mcp").bearer(token).json(json);
  }

  private static String call(String method, String member, String name) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"x1\",\"method\":\"%s\",\"params\":{\"%s\":\"%s\"}}"
        .formatted(method, member, name);
  }

  private static String tool(String name) {
    return call("tools/call", "name", name);
  }

  private static String list(String method) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
  }

  private static String error(int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"x1\",\"error\":{\"code\":"
        + code
        + ",\"message\":\""
        + message
        + "\"}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "mfa", "never", "query", "nope", "öß\u20AC"})
  void SC12_everyToolThatMayNotBeCalledIsUnknown(String name) {
    Response answer = post(BASE, tool(name)).refusedBy(HIDING);

    assertEquals(200, answer.status());
    assertEquals("", challenge(answer));
    assertEquals(error(-32602, "Unknown tool: " + name), answer.body());
    assertEquals("application/json", answer.values("Content-Type").get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "prompts/get,name,p,-32602,Invalid prompt name",
    "prompts/get,name,nope,-32602,Invalid prompt name",
    "resources/read,uri,db://x/y,-32002,Resource not found",
    "resources/read,uri,db://nope/nope,-32002,Resource not found",
    "resources/subscribe,uri,db://x/y,-32002,Resource not found"
  })
  void SC12_promptsAndResourcesToo(
      String method, String member, String name, int code, String message) {
    Response answer = post(BASE, call(method, member, name)).refusedBy(HIDING);

    assertEquals(200, answer.status());
    assertEquals(error(code, message), answer.body());
  }

  @Test
  void SC12_aModernClientGetsTheCodeOfItsRevision() {
    Response answer =
        MemoryExchange.of("POST", "/mcp")
            .bearer(BASE)
            .field("MCP-Protocol-Version", "2026-07-28")
            .field("Mcp-Method", "resources/read")
            .field("Mcp-Name", "db://x/y")
            .json(
                "{\"jsonrpc\":\"2.0\",\"id\":\"x1\",\"method\":\"resources/read\",\"params\":{"
                    + "\"uri\":\"db://x/y\",\"_meta\":{"
                    + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}")
            .refusedBy(HIDING);
    assertEquals(error(-32602, "Resource not found"), answer.body());
  }

  @Test
  void SC12_whatIsNoSingleRequestIsForbiddenWithoutAChallenge() {
    String notification = tool("write").replace("\"id\":\"x1\",", "");
    Response unknown = post(BASE, tool("nope").replace("\"id\":\"x1\",", "")).refusedBy(HIDING);

    assertEquals(403, unknown.status());
    assertEquals("", challenge(unknown));
    assertEquals(unknown, post(BASE, notification).refusedBy(HIDING));
    assertEquals(unknown, post(BASE, "[" + tool("write") + "]").refusedBy(HIDING));
    assertEquals(unknown, post(BASE, "[" + tool("nope") + "]").refusedBy(HIDING));
  }

  @Test
  void SC12_aTokenThatIsGoodForNothingGetsItsChallenge() {
    Response answer = post("good", tool("write")).refusedBy(HIDING);

    assertEquals(403, answer.status());
    assertTrue(challenge(answer).contains("scope=\"mcp:read\""), challenge(answer));
    assertEquals(answer, post("good", tool("nope")).refusedBy(HIDING));
    assertEquals(
        401, MemoryExchange.of("POST", "/mcp").json(tool("write")).refusedBy(HIDING).status());
  }

  @Test
  void hidingKeepsNobodyFromWhatIsAllowed() {
    assertTrue(post("good.mcp_read.w", tool("write")).admittedBy(HIDING));
    assertTrue(post(BASE, tool("open")).admittedBy(HIDING));
    assertEquals(403, post(BASE, tool("write")).refusedBy(engine(RULES)).status());
  }

  private static String filtered(String token, String method, String body) {
    MemoryExchange exchange = post(token, list(method)).filtering();
    assertTrue(exchange.admittedBy(FILTERING));
    BodyFilter filter = exchange.admission().bodyFilter().orElseThrow();
    MemoryHead head = MemoryHead.of(200).with("Content-Type", "application/json");
    filter.begin(head);
    return new String(
        filter.whole(head, body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static String named(String member, String name, String... values) {
    StringBuilder all = new StringBuilder();
    for (String value : values) {
      all.append(all.isEmpty() ? "" : ",").append("{\"%s\":\"%s\"}".formatted(name, value));
    }
    return "{\"result\":{\"" + member + "\":[" + all + "]}}";
  }

  @Test
  void U12_MC27_aListHoldsWhatTheTokenMayUse() {
    String all = named("tools", "name", "open", "write", "mfa", "never", "query", "admin", "nope");

    assertEquals(named("tools", "name", "open", "query"), filtered(BASE, "tools/list", all));
    assertEquals(
        named("tools", "name", "open", "write", "query", "admin"),
        filtered("good.mcp_read.w", "tools/list", all));
    assertEquals(filtered(BASE, "tools/list", all), filtered(BASE, "tools/list", all));
  }

  @Test
  void U12_MC27_promptsResourcesAndTemplatesToo() {
    assertEquals(
        named("prompts", "name"), filtered(BASE, "prompts/list", named("prompts", "name", "p")));
    assertEquals(
        named("resources", "uri", "db://open/z"),
        filtered(BASE, "resources/list", named("resources", "uri", "db://a/y", "db://open/z")));
    String templates = named("resourceTemplates", "uriTemplate", "db://{x}/y", "db://{z}/y");
    assertEquals(
        named("resourceTemplates", "uriTemplate"),
        filtered(BASE, "resources/templates/list", templates));
    assertEquals(
        named("resourceTemplates", "uriTemplate", "db://{x}/y"),
        filtered("good.mcp_read.w", "resources/templates/list", templates));
  }

  @Test
  void U13_whatAListLeavesOutIsRefused() {
    assertEquals(403, post(BASE, tool("write")).filtering().refusedBy(FILTERING).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tools/list", "prompts/list", "resources/list", "resources/templates/list"})
  void MC27_anAttachmentThatCannotFilterGetsNoList(String method) {
    Response answer = post(BASE, list(method)).refusedBy(FILTERING);

    assertEquals(500, answer.status());
    assertEquals("", challenge(answer));
    assertTrue(answer.body().contains("-32603"), answer.body());
    Response stream = MemoryExchange.of("GET", "/mcp").bearer(BASE).refusedBy(FILTERING);
    assertEquals(500, stream.status());
    assertTrue(post(BASE, tool("open")).admittedBy(FILTERING));
  }

  @Test
  void MC27_aListInABatchOrWithoutAnIdentifierIsRefused() {
    MemoryExchange batch =
        post(BASE, "[" + list("tools/list") + "," + tool("open") + "]")
            .field("MCP-Protocol-Version", "2025-03-26");
    assertEquals(400, batch.filtering().refusedBy(FILTERING).status());
    String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"tools/list\"}";
    assertEquals(400, post(BASE, notification).filtering().refusedBy(FILTERING).status());
  }

  @Test
  void MC27_streamsOfAGetAreFilteredAndNothingElse() {
    MemoryExchange stream = MemoryExchange.of("GET", "/mcp").bearer(BASE).filtering();
    assertTrue(stream.admittedBy(FILTERING));
    assertTrue(stream.admission().bodyFilter().isPresent());
    MemoryExchange other = post(BASE, tool("open")).filtering();
    assertTrue(other.admittedBy(FILTERING));
    assertFalse(other.admission().bodyFilter().isPresent());
    MemoryExchange plain = post(BASE, list("tools/list")).filtering();
    assertTrue(plain.admittedBy(engine(config -> config.primaryResource().filterLists(true))));
    assertFalse(plain.admission().bodyFilter().isPresent());
    assertEquals(0, plain.bodyReads);
  }

  @Test
  void MC27_theApplicationsPolicyHasItsSay() {
    ResourceServer engine =
        engine(
            config ->
                config
                    .primaryResource()
                    .filterLists(true)
                    .scopePolicy(
                        (token, calls) ->
                            calls.get(0).name().equals("theirs")
                                ? new Verdict.Forbidden()
                                : new Verdict.Permitted()));
    MemoryExchange exchange = post(BASE, list("tools/list")).filtering();
    assertTrue(exchange.admittedBy(engine));
    MemoryHead head = MemoryHead.of(200).with("Content-Type", "application/json");
    byte[] body = named("tools", "name", "mine", "theirs").getBytes(StandardCharsets.UTF_8);
    assertEquals(
        named("tools", "name", "mine"),
        new String(
            exchange.admission().bodyFilter().orElseThrow().whole(head, body),
            StandardCharsets.UTF_8));
  }

  @Test
  void MC27_withoutATokenAListHoldsWhatIsPublic() {
    ResourceServer engine =
        engine(
            config -> {
              config.primaryResource().filterLists(true).publicCalls().method("tools/list");
              config.primaryResource().publicCalls().tool("free");
            });
    MemoryExchange exchange =
        MemoryExchange.of("POST", "/mcp").json(list("tools/list")).filtering();
    assertTrue(exchange.admittedBy(engine));
    MemoryHead head = MemoryHead.of(200).with("Content-Type", "application/json");
    byte[] body = named("tools", "name", "free", "other").getBytes(StandardCharsets.UTF_8);
    assertEquals(
        named("tools", "name", "free"),
        new String(
            exchange.admission().bodyFilter().orElseThrow().whole(head, body),
            StandardCharsets.UTF_8));
  }
}
