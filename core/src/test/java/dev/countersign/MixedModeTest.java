package dev.countersign;

import static dev.countersign.Engines.METADATA;
import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Some calls need no token (K14). */
class MixedModeTest {

  private static final String NO_TOKEN =
      "Bearer scope=\"mcp:read\", resource_metadata=\"" + METADATA + "\"";
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  private final ResourceServer engine = engine(MixedModeTest::mixed);

  private static void mixed(ConfigBuilder config) {
    config.toolScope("save", "files:write");
    config.primaryResource().publicCalls().method("initialize").method("tools/list").tool("search");
  }

  private static String call(String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\"}}";
  }

  private static MemoryExchange post(String json) {
    return MemoryExchange.of("POST", "/mcp").json(json);
  }

  private void challenged(MemoryExchange exchange) {
    Response response = exchange.refusedBy(engine);
    assertEquals(401, response.status());
    assertEquals(NO_TOKEN, challenge(response));
  }

  @Test
  void K14_letsPublicCallsPass() {
    for (String json : List.of(LIST, call("search"), "[" + LIST + "," + call("search") + "]")) {
      MemoryExchange exchange = post(json);
      assertTrue(exchange.admittedBy(engine), json);
      assertEquals(Optional.empty(), exchange.admission().accessToken());
    }
    assertTrue(MemoryExchange.of("POST", "/mcp/").json(LIST).admittedBy(engine));
  }

  @Test
  void K14_challengesEverythingElse() {
    challenged(post(call("save")));
    challenged(post(call("Search")));
    challenged(post("[" + LIST + "," + call("save") + "]"));
    challenged(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
    challenged(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
  }

  @Test
  void K14_H13_challengesWhatCannotBeRead() {
    for (String json :
        List.of(
            "",
            "{}",
            "[]",
            "{broken",
            LIST + LIST,
            LIST.replace("\"id\":1", "\"id\":1,\"method\":\"tools/call\""),
            LIST + " ".repeat(1_048_576))) {
      challenged(post(json));
    }
    challenged(MemoryExchange.of("POST", "/mcp"));
    challenged(
        MemoryExchange.of("POST", "/mcp")
            .field("Content-Type", "text/plain")
            .content(LIST.getBytes(StandardCharsets.UTF_8)));
    challenged(
        MemoryExchange.of("POST", "/mcp")
            .field("Content-Type", "application/json")
            .content(LIST.getBytes(StandardCharsets.UTF_16)));
    challenged(post(LIST).brokenBody());
  }

  @Test
  void K14_verifiesEveryTokenThatIsPresented() {
    for (String token : List.of("bad", "EXPIRED", "AUDIENCE")) {
      Response response = post(LIST).bearer(token).refusedBy(engine);
      assertEquals(401, response.status(), token);
      assertTrue(challenge(response).startsWith("Bearer error=\"invalid_token\""), token);
    }
    assertEquals(503, post(LIST).bearer("outage").refusedBy(engine).status());
    assertEquals(400, post(LIST).bearer("good").bearer("good").refusedBy(engine).status());
    MemoryExchange good = post(LIST).bearer("good.mcp_read");
    assertTrue(good.admittedBy(engine));
    assertTrue(good.admission().accessToken().isPresent());
  }

  @Test
  void K14_takesEveryAuthorizationFieldForCredentials() {
    for (String value : List.of("Bearer", "Basic dTpw", "", "x")) {
      challenged(post(LIST).field("Authorization", value));
    }
  }

  @Test
  void K14_demandsNoMoreOfATokenForAPublicToolThanOfEveryToken() {
    assertTrue(post(call("search")).bearer("good.mcp_read").admittedBy(engine));
    assertEquals(403, post(call("search")).bearer("good.x").refusedBy(engine).status());
    assertEquals(403, post(call("save")).bearer("good.mcp_read").refusedBy(engine).status());
  }

  @Test
  void H15_K14_answersAStreamWithoutTokenWithoutAChallenge() {
    for (String method : List.of("GET", "HEAD", "DELETE")) {
      Response response = MemoryExchange.of(method, "/mcp").refusedBy(engine);
      assertEquals(405, response.status(), method);
      assertEquals(List.of("POST"), response.values("Allow"));
      assertEquals(List.of(), response.values("WWW-Authenticate"));
    }
    assertEquals(401, MemoryExchange.of("GET", "/mcp").bearer("bad").refusedBy(engine).status());
    assertTrue(MemoryExchange.of("GET", "/mcp").bearer("good.mcp_read").admittedBy(engine));
  }

  @Test
  void H15_challengesAStreamWithoutTokenWhereNothingIsPublic() {
    ResourceServer closed = engine();
    for (String method : List.of("GET", "HEAD", "DELETE", "POST", "PUT")) {
      MemoryExchange exchange = MemoryExchange.of(method, "/mcp").json(LIST);
      Response response = exchange.refusedBy(closed);
      assertEquals(401, response.status(), method);
      assertEquals(NO_TOKEN, challenge(response));
      assertEquals(0, exchange.bodyReads);
    }
  }

  @Test
  void K14_holdsAtThePathOfTheResourceOnly() {
    for (String path : List.of("/", "/admin", "/mcp/x", "/x/mcp", "/mcp//", "/MCP", "/mcp;x")) {
      challenged(MemoryExchange.of("POST", path).json(LIST));
      challenged(MemoryExchange.of("GET", path));
    }
  }

  @Test
  void K14_letsNoOtherMethodPass() {
    for (String method : List.of("PUT", "PATCH", "OPTIONS", "post", "QUERY")) {
      challenged(MemoryExchange.of(method, "/mcp").json(LIST));
    }
  }

  @Test
  void K14_everyResourceHasItsOwnPublicCalls() {
    ResourceServer two =
        engine(
            config -> {
              mixed(config);
              config
                  .resource("other")
                  .resource("https://mcp.example/other")
                  .requiredScopes("other:read");
            });

    assertTrue(post(LIST).admittedBy(two));
    assertEquals(401, MemoryExchange.of("POST", "/other").json(LIST).refusedBy(two).status());
    assertEquals(401, MemoryExchange.of("GET", "/other").refusedBy(two).status());
  }

  @Test
  void leavesTheReadingOfABodyToAThreadThatMayBlock() throws IOException {
    assertEquals(Optional.empty(), engine.admitAtOnce(post(LIST)));
    assertEquals(Optional.of(false), engine.admitAtOnce(MemoryExchange.of("GET", "/mcp")));
    assertEquals(
        Optional.of(false), engine.admitAtOnce(post(LIST).field("Authorization", "Basic x")));
  }

  @Test
  void saysThatItIsARelaxation() {
    ConfigBuilder builder = Engines.builder();
    mixed(builder);

    List<String> relaxations = builder.build().relaxations();

    assertTrue(relaxations.contains("public-methods=initialize,tools/list"), relaxations::toString);
    assertTrue(relaxations.contains("public-tools=search"), relaxations::toString);
    assertFalse(Engines.builder().build().relaxations().toString().contains("public"));
  }
}
