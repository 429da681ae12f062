package dev.countersign;

import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.http.Response;
import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.TokenValidator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

  private static final Consumer<ConfigBuilder> TOOLS =
      config ->
          config
              .toolScope("delete", "files:write", "files:admin")
              .toolScope("send", "mail:send")
              .maxBodySize(1024)
              .primaryResource()
              .unlisted(Target.Kind.TOOL, Unlisted.ALLOW);
  private static final String GOOD = "good.mcp_read";

  private static MemoryExchange post() {
    return MemoryExchange.of("POST", "/mcp");
  }

  private static String call(String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\"}}";
  }

  // Credentials

  @Test
  void T01_admitsAGoodTokenAndHandsItOver() {
    MemoryExchange exchange = post().bearer(GOOD);

    assertTrue(exchange.admittedBy(engine()));
    assertEquals("subject", exchange.admission().accessToken().orElseThrow().subject());
  }

  @Test
  void S14_N02_judgesEveryRequestByItsOwnToken() {
    ResourceServer engine = engine();

    for (int run = 0; run < 3; run++) {
      assertTrue(post().bearer(GOOD).admittedBy(engine));
      assertEquals(401, post().refusedBy(engine).status());
    }
  }

  @Test
  void T17_T18_asksTheValidatorForNothingThatIsNoToken() {
    StubValidator validator = new StubValidator();
    ResourceServer engine = engine(config -> config.tokenValidator(validator).maxTokenLength(256));

    for (String line :
        List.of(
            "",
            "Bearer",
            "Basic good",
            "Bearer \"good\"",
            "Bearer a b",
            "Bearer " + "a".repeat(257),
            "Bearer a, Bearer b")) {
      post().field("Authorization", line).refusedBy(engine);
    }

    assertEquals(List.of(), validator.asked);
  }

  @Test
  void T06_T07_T15_ignoresATokenInTheQuery() {
    assertEquals(
        post().refusedBy(engine()),
        MemoryExchange.of("POST", "/mcp?access_token=" + GOOD).refusedBy(engine()));
    assertTrue(
        MemoryExchange.of("POST", "/mcp?access_token=bad").bearer(GOOD).admittedBy(engine()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token=x", "a=b&access_token=x", "access_token="})
  void T15_AH21_answers400ToATokenInBothPlacesInStrictMode(String query) {
    ResourceServer strict = engine(config -> config.strictCredentials(true));
    Response both = MemoryExchange.of("POST", "/mcp?" + query).bearer(GOOD).refusedBy(strict);

    assertEquals(400, both.status());
    assertTrue(challenge(both).startsWith("Bearer error=\"invalid_request\", resource_metadata="));
    assertEquals(401, MemoryExchange.of("POST", "/mcp?" + query).refusedBy(strict).status());
    assertTrue(MemoryExchange.of("POST", "/mcp?xaccess_token=x").bearer(GOOD).admittedBy(strict));
  }

  @Test
  void T05_AH5_answers400ToTheSchemeAloneInStrictMode() {
    ResourceServer strict = engine(config -> config.strictCredentials(true));

    assertEquals(400, post().field("Authorization", "Bearer").refusedBy(strict).status());
    assertEquals(401, post().field("Authorization", "Basic x").refusedBy(strict).status());
    assertEquals(401, post().refusedBy(strict).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO", "post", "CONNECT"
      })
  void H14_H15_H17_K06_AH30_judgesEveryMethod(String method) {
    assertEquals(401, MemoryExchange.of(method, "/mcp").refusedBy(engine()).status());
    assertEquals(
        401,
        MemoryExchange.of(method, "/mcp")
            .field("X-HTTP-Method-Override", "OPTIONS")
            .refusedBy(engine())
            .status());
    assertTrue(MemoryExchange.of(method, "/mcp").bearer(GOOD).admittedBy(engine()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/mcp",
        "/mcp/",
        "/x/mcp",
        "/mcp/none",
        "//mcp",
        "/./mcp",
        "/a/../mcp",
        "/mcp;x=1",
        "/%6Dcp",
        "/mcp%2F",
        "/mcp%00",
        "/mcp\\",
        "/MCP",
        "/favicon.ico",
        "*",
        "",
        "http://mcp.example/mcp",
        "/mcp;/.well-known/oauth-protected-resource",
        "/x/.well-known/oauth-protected-resource",
        "/%2ewell-known/oauth-protected-resource/mcp",
        "/sse",
        "/messages"
      })
  void K01_K02_K03_PA12_judgesEveryPath(String path) {
    ResourceServer engine = engine();

    assertEquals(401, MemoryExchange.of("GET", path).refusedBy(engine).status());
    assertEquals(
        MemoryExchange.of("GET", "/mcp").refusedBy(engine),
        MemoryExchange.of("GET", path).refusedBy(engine));
  }

  @Test
  void H28_H30_K07_theChallengeDoesNotDependOnOtherFields() {
    Response plain = post().refusedBy(engine());

    for (String line :
        List.of(
            "MCP-Protocol-Version: 2026-07-28",
            "MCP-Protocol-Version: x",
            "Mcp-Session-Id: 1",
            "Accept: text/html",
            "Upgrade: websocket",
            "Host: evil.example",
            "X-Forwarded-Host: evil.example",
            "Forwarded: host=evil.example",
            "X-Forwarded-Proto: http",
            "Last-Event-ID: 7",
            "Expect: 100-continue",
            "Mcp-Method: ping")) {
      String[] parts = line.split(": ");
      assertEquals(plain, post().field(parts[0], parts[1]).refusedBy(engine()), line);
    }
  }

  // The token

  static Stream<TokenValidator> brokenValidators() {
    return Stream.of(
        (token, resource) -> {
          throw new IllegalStateException("marker");
        },
        (token, resource) -> {
          throw new StackOverflowError();
        },
        (token, resource) -> {
          throw new OutOfMemoryError("marker");
        },
        (token, resource) -> {
          throw new NoClassDefFoundError("marker");
        },
        (token, resource) -> null,
        (token, resource) -> new Decision.Granted(null),
        (token, resource) -> new Decision.Open());
  }

  @ParameterizedTest
  @MethodSource("brokenValidators")
  void K09_S21_S22_aBrokenValidatorAdmitsNobody(TokenValidator broken) {
    List<Decision> decisions = new ArrayList<>();
    ResourceServer engine =
        engine(
            config ->
                config
                    .tokenValidator(broken)
                    .publicPath("/health")
                    .listener(event -> decisions.add(event.decision())));

    for (String path : List.of("/mcp", "/health")) {
      MemoryExchange exchange = MemoryExchange.of("POST", path).bearer(GOOD);
      Response response = exchange.refusedBy(engine);

      assertEquals(503, response.status());
      assertEquals(List.of("5"), response.values("Retry-After"));
      assertEquals("", challenge(response));
      assertFalse(response.body().contains("marker"));
      assertInstanceOf(Decision.Undecided.class, decisions.remove(0));
    }
  }

  @Test
  void PM14_asksTheValidatorAboutTheResourceOfThePath() {
    StubValidator validator = new StubValidator();
    ResourceServer engine =
        engine(
            config ->
                config.tokenValidator(validator).resource("b").resource("https://mcp.example/b"));

    MemoryExchange.of("POST", "/b/x").bearer("good").admittedBy(engine);
    MemoryExchange.of("POST", "/mcp").bearer(GOOD).admittedBy(engine);

    assertEquals(
        List.of("https://mcp.example/b", "https://mcp.example/mcp"),
        validator.asked.stream().map(Object::toString).toList());
  }

  @Test
  void M77_namesTheMetadataAndScopesOfTheResourceOfThePath() {
    ResourceServer engine =
        engine(
            config ->
                config.resource("b").resource("https://mcp.example/b").requiredScopes("b:read"));

    assertEquals(
        "Bearer scope=\"b:read\","
            + " resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/b\"",
        challenge(MemoryExchange.of("POST", "/b").refusedBy(engine)));
    assertTrue(
        challenge(MemoryExchange.of("POST", "/mcp").refusedBy(engine)).contains("\"mcp:read\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/c", "/", "/mcpx", "/b;x", "/mcp/../b", "//b", "/%62", "*"})
  void K03_aPathOfNoResourceIsClosedEvenWithAToken(String path) {
    ResourceServer engine =
        engine(config -> config.resource("b").resource("https://mcp.example/b"));

    Response with = MemoryExchange.of("POST", path).bearer(GOOD).refusedBy(engine);
    Response without = MemoryExchange.of("POST", path).refusedBy(engine);

    assertEquals(404, with.status());
    assertEquals("", challenge(with));
    assertEquals(MemoryExchange.of("POST", "/mcp").refusedBy(engine), without);
  }

  // Public paths

  @Test
  void K08_aPublicPathNeedsNoToken() {
    ResourceServer engine = engine(config -> config.publicPath("/health").publicPath("/static/"));

    for (String path : List.of("/health", "/static/a.css")) {
      MemoryExchange exchange = MemoryExchange.of("GET", path);
      assertTrue(exchange.admittedBy(engine));
      assertEquals(Optional.empty(), exchange.admission().accessToken());
    }
    assertEquals(401, MemoryExchange.of("GET", "/health/").refusedBy(engine).status());
    assertEquals(401, MemoryExchange.of("GET", "/static/../mcp").refusedBy(engine).status());
    assertEquals(401, MemoryExchange.of("GET", "/static/mcp").refusedBy(engine).status());
  }

  @Test
  void K14_aPresentedTokenIsJudgedOnAPublicPathToo() {
    ResourceServer engine = engine(config -> config.publicPath("/health"));

    assertEquals(
        401, MemoryExchange.of("GET", "/health").bearer("EXPIRED").refusedBy(engine).status());
    assertEquals(
        503, MemoryExchange.of("GET", "/health").bearer("outage").refusedBy(engine).status());
    assertEquals(
        400,
        MemoryExchange.of("GET", "/health").bearer("a").bearer("a").refusedBy(engine).status());
    MemoryExchange good = MemoryExchange.of("GET", "/health").bearer("good");
    assertTrue(good.admittedBy(engine));
    assertTrue(good.admission().accessToken().isPresent());
  }

  // Scopes of tools

  @Test
  void U01_U02_asksForAllScopesOfTheOperationAtOnce() {
    ResourceServer engine = engine(TOOLS);

    Response response =
        post().bearer("good.mcp_read.files_write").json(call("delete")).refusedBy(engine);

    assertEquals(403, response.status());
    assertEquals(
        "Bearer error=\"insufficient_scope\", scope=\"mcp:read files:write files:admin\","
            + " resource_metadata=\""
            + Engines.METADATA
            + "\", error_description=\"The request needs more scope than the access token has\"",
        challenge(response));
  }

  @Test
  void U24_aTokenWithTheScopesAskedForSucceeds() {
    MemoryExchange exchange =
        post().bearer("good.mcp_read.files_write.files_admin").json(call("delete"));

    assertTrue(exchange.admittedBy(engine(TOOLS)));
  }

  @Test
  void U09_aTokenWithFewScopesOpensWhatItCovers() {
    ResourceServer engine = engine(TOOLS);

    assertTrue(
        post()
            .bearer(GOOD)
            .json("{\"jsonrpc\":\"2.0\",\"method\":\"tools/list\"}")
            .admittedBy(engine));
    assertTrue(post().bearer(GOOD).json(call("other")).admittedBy(engine));
    assertTrue(post().bearer("good.mcp_read.mail_send").json(call("send")).admittedBy(engine));
    assertEquals(
        403, post().bearer("good.mail_send").json(call("send")).refusedBy(engine).status());
  }

  @Test
  void U15_MC11_theBodyDecidesAndNotTheFields() {
    MemoryExchange exchange =
        post()
            .bearer(GOOD)
            .field("Mcp-Method", "tools/list")
            .field("Mcp-Name", "other")
            .json(call("delete"));

    assertEquals(403, exchange.refusedBy(engine(TOOLS)).status());
  }

  @Test
  void MC7_MC8_H22_H24_fieldsThatDifferFromTheBodyAreRefused() {
    ResourceServer engine = engine(TOOLS);
    assertTrue(post().bearer(GOOD).modernCall("other").admittedBy(engine));

    Response response =
        post().bearer(GOOD).field("Mcp-Name", "other").modernCall("delete").refusedBy(engine);

    assertEquals(400, response.status());
    assertEquals("", challenge(response));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32020,\"message\":\""
            + Denial.HEADER_MISMATCH.text()
            + "\"}}",
        response.body());
  }

  @Test
  void H22_H24_withoutRulesFieldsAndBodyAreNotCompared() {
    MemoryExchange exchange = post().bearer(GOOD).field("Mcp-Name", "other").modernCall("delete");

    assertTrue(exchange.admittedBy(engine(config -> {})));
    assertEquals(0, exchange.bodyReads);
  }

  @Test
  void U17_aBatchNeedsAllItsScopesTogether() {
    ResourceServer engine = engine(TOOLS);
    String batch =
        "[" + call("send") + "," + call("delete") + ",{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}]";

    assertTrue(
        challenge(post().bearer("good.mcp_read.mail_send").json(batch).refusedBy(engine))
            .contains("scope=\"mcp:read mail:send files:write files:admin\""));
    assertTrue(
        post()
            .bearer("good.mcp_read.mail_send.files_write.files_admin")
            .json(batch)
            .admittedBy(engine));
  }

  @Test
  void H13_S15_readsNoBodyBeforeTheTokenWasAccepted() {
    ResourceServer engine = engine(TOOLS);

    for (String token : List.of("EXPIRED", "outage", "a%b", "garbage", "POLICY")) {
      MemoryExchange exchange = post().bearer(token).json("not JSON");
      exchange.refusedBy(engine);
      assertEquals(0, exchange.bodyReads, token);
    }
    MemoryExchange none = post().json("not JSON");
    assertEquals(401, none.refusedBy(engine).status());
    assertEquals(0, none.bodyReads);
  }

  @Test
  void T16_readsNoBodyWithoutAToolRule() {
    MemoryExchange exchange = post().bearer(GOOD).json("not JSON");

    assertTrue(exchange.admittedBy(engine()));
    assertEquals(0, exchange.bodyReads);
  }

  @Test
  void U18_readsTheBodyOnce() {
    MemoryExchange exchange = post().bearer(GOOD).json(call("other"));

    assertTrue(exchange.admittedBy(engine(TOOLS)));
    assertEquals(1, exchange.bodyReads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "TRACE"})
  void readsNoBodyOfAMethodThatHasNone(String method) {
    MemoryExchange exchange = MemoryExchange.of(method, "/mcp").bearer(GOOD).json("not JSON");

    assertTrue(exchange.admittedBy(engine(TOOLS)));
    assertEquals(0, exchange.bodyReads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "post", "Get", "FOO", "QUERY"})
  void readsTheBodyOfEveryOtherMethod(String method) {
    assertEquals(
        403,
        MemoryExchange.of(method, "/mcp")
            .bearer(GOOD)
            .json(call("delete"))
            .refusedBy(engine(TOOLS))
            .status());
  }

  private static String padded(int length) {
    String call = call("other");
    return call + " ".repeat(length - call.length());
  }

  @Test
  void U18_BP31_refusesABodyBeyondTheLimit() {
    ResourceServer engine = engine(TOOLS);

    assertTrue(post().bearer(GOOD).json(padded(1024)).admittedBy(engine));
    Response response = post().bearer(GOOD).json(padded(1025)).refusedBy(engine);
    assertEquals(413, response.status());
    assertEquals("", challenge(response));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1025", "999999999999999999", "0001025"})
  void BP31_refusesADeclaredLengthBeyondTheLimitUnread(String length) {
    MemoryExchange exchange =
        post().bearer(GOOD).field("Content-Length", length).json(call("other"));

    assertEquals(413, exchange.refusedBy(engine(TOOLS)).status());
    assertEquals(0, exchange.bodyReads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1024", "0", "-1", "x", "", "99999999999999999999999999"})
  void aDeclaredLengthThatSaysNothingChangesNothing(String length) {
    assertTrue(
        post()
            .bearer(GOOD)
            .field("Content-Length", length)
            .json(call("other"))
            .admittedBy(engine(TOOLS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"method\":\"ping\",\"method\":\"tools/call\"}",
        "\uFEFF{\"method\":\"ping\"}",
        "{\"method\":\"ping\"} x",
        "[]",
        "1"
      })
  void U18_refusesABodyThatCouldBeReadInTwoWays(String body) {
    Response response = post().bearer(GOOD).json(body).refusedBy(engine(TOOLS));

    assertEquals(400, response.status());
    assertEquals("", challenge(response));
  }

  @Test
  void K12_refusesATypeThatTheApplicationMightReadDifferently() {
    ResourceServer engine = engine(TOOLS);
    byte[] call = call("delete").getBytes(StandardCharsets.UTF_8);

    assertEquals(415, post().bearer(GOOD).content(call).refusedBy(engine).status());
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json; charset=utf-16")) {
      assertEquals(
          415,
          post().bearer(GOOD).field("Content-Type", type).content(call).refusedBy(engine).status());
    }
    assertEquals(
        415,
        post()
            .bearer(GOOD)
            .field("Content-Encoding", "gzip")
            .json(call("delete"))
            .refusedBy(engine)
            .status());
  }

  @Test
  void refusesWhereTheBodyCannotBeGivenBack() {
    assertEquals(400, post().bearer(GOOD).refusedBy(engine(TOOLS)).status());
  }

  @Test
  void aToolRuleOfOneResourceReadsNoBodyOfAnother() {
    ResourceServer engine =
        engine(
            config -> config.resource("b").resource("https://mcp.example/b").toolScope("x", "y"));

    assertTrue(post().bearer(GOOD).json("not JSON").admittedBy(engine));
    assertEquals(
        400,
        MemoryExchange.of("POST", "/b").bearer("good").json("not JSON").refusedBy(engine).status());
  }

  // What a client sends comes back nowhere

  @Test
  void C14_C22_CH2_LG9_reflectsNothing() {
    String canary = "c4n4ry";
    ResourceServer engine = engine(TOOLS);
    List<MemoryExchange> exchanges =
        List.of(
            MemoryExchange.of(canary, "/" + canary + "?" + canary),
            MemoryExchange.of("GET", "/" + canary + "%0d%0aX: y").bearer(canary),
            post().field("Authorization", canary + " x"),
            post().field("Authorization", "Bearer \"" + canary + "\""),
            post()
                .field("Host", canary)
                .field("X-Forwarded-Host", canary)
                .field("Forwarded", "host=" + canary),
            post().field("Origin", "https://" + canary),
            post()
                .bearer(GOOD)
                .json(call("delete").replace("\"id\":1", "\"id\":\"" + canary + "\"")),
            post().bearer(GOOD).json("{\"" + canary + "\":1,\"" + canary + "\":2}"),
            post().bearer(GOOD).field("Content-Type", canary).content(new byte[0]),
            MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/" + canary),
            MemoryExchange.of(canary, "/.well-known/oauth-protected-resource/mcp"));

    for (MemoryExchange exchange : exchanges) {
      String answer = exchange.refusedBy(engine).toString();

      assertFalse(answer.contains(canary), answer);
    }
  }
}
