package dev.countersign;

import static dev.countersign.Engines.METADATA;
import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenges;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of answers, one row for each situation. */
class AnswersTest {

  private static final String S = "scope=\"mcp:read\"";
  private static final String U = "resource_metadata=\"" + METADATA + "\"";
  private static final String BAD_TOKEN =
      "The access token is expired or revoked or malformed or not meant for this resource";
  private static final String INVALID_TOKEN =
      "Bearer error=\"invalid_token\", "
          + S
          + ", "
          + U
          + ", error_description=\""
          + BAD_TOKEN
          + "\"";

  private final ResourceServerConfig config = Engines.builder().requiredScopes("mcp:read").build();
  private final ProtectedResource resource = config.resources().get(0);
  private final Answers answers = new Answers(config);

  record Row(String name, MemoryExchange exchange, int status, String challenge, String sentence) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static MemoryExchange post() {
    return MemoryExchange.of("POST", "/mcp");
  }

  private static Row invalidToken(String name, String token) {
    return new Row(name, post().bearer(token), 401, INVALID_TOKEN, BAD_TOKEN);
  }

  private static Row noToken(String name, MemoryExchange exchange) {
    return new Row(
        name, exchange, 401, "Bearer " + S + ", " + U, "This resource needs an access token");
  }

  private static Row broken(String name, MemoryExchange exchange) {
    String sentence = "The request has more than one set of credentials";
    return new Row(
        name,
        exchange,
        400,
        "Bearer error=\"invalid_request\", " + U + ", error_description=\"" + sentence + "\"",
        sentence);
  }

  static Stream<Row> rows() {
    return Stream.of(
        noToken("no Authorization", post()),
        noToken("empty Authorization", post().field("Authorization", "")),
        noToken("another scheme", post().field("Authorization", "Basic eDp5")),
        noToken("the scheme alone", post().field("Authorization", "Bearer")),
        noToken("a DPoP token", post().field("Authorization", "DPoP good.mcp_read")),
        noToken(
            "a token in the query", MemoryExchange.of("POST", "/mcp?access_token=good.mcp_read")),
        noToken("a token in a cookie", post().field("Cookie", "access_token=good.mcp_read")),
        noToken("a token in another field", post().field("X-Access-Token", "good.mcp_read")),
        noToken("a proxy's token", post().field("Proxy-Authorization", "Bearer good.mcp_read")),
        broken("two lines", post().bearer("good.mcp_read").bearer("good.mcp_read")),
        broken("joined credentials", post().bearer("good, Bearer good")),
        broken("Bearer and DPoP", post().bearer("good").field("Authorization", "DPoP good")),
        invalidToken("illegal text", "a b"),
        invalidToken("too long", "a".repeat(16385)),
        invalidToken("malformed", "xyz"),
        invalidToken("wrong type", "TOKEN_TYPE"),
        invalidToken("wrong algorithm", "ALGORITHM"),
        invalidToken("critical header", "CRITICAL_HEADER"),
        invalidToken("wrong issuer", "ISSUER"),
        invalidToken("unknown key", "UNKNOWN_KEY"),
        invalidToken("wrong signature", "SIGNATURE"),
        invalidToken("wrong claims", "CLAIMS"),
        invalidToken("wrong audience", "AUDIENCE"),
        invalidToken("expired", "EXPIRED"),
        invalidToken("not yet valid", "NOT_YET_VALID"),
        invalidToken("an ID token", "ID_TOKEN"),
        invalidToken("a bound token", "SENDER_CONSTRAINT"),
        invalidToken("revoked", "INACTIVE"),
        new Row(
            "a weak login",
            post().bearer("WEAK_AUTHENTICATION"),
            401,
            "Bearer error=\"insufficient_user_authentication\", "
                + S
                + ", "
                + U
                + ", error_description=\"The request needs a stronger or more recent login\"",
            "The request needs a stronger or more recent login"),
        new Row(
            "too few scopes",
            post().bearer("good.other"),
            403,
            "Bearer error=\"insufficient_scope\", "
                + S
                + ", "
                + U
                + ", error_description=\"The request needs more scope than the access token has\"",
            "The request needs more scope than the access token has"),
        new Row("a policy", post().bearer("POLICY"), 403, "", "The request is not allowed"),
        new Row(
            "a foreign origin",
            post().bearer("good.mcp_read").field("Origin", "https://evil.example"),
            403,
            "",
            "The origin of the request is not allowed here"),
        new Row(
            "an outage",
            post().bearer("outage"),
            503,
            "",
            "The access token cannot be checked at the moment"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void C01_C02_C33_S01_S02_S05_S06_S07_S08_S09_S10_S11_S12_S37_answersAsTheTableSays(Row row) {
    Response response = row.exchange().refusedBy(engine());

    assertEquals(row.status(), response.status());
    assertEquals(row.challenge(), challenge(response));
    assertTrue(
        row.challenge().isEmpty()
            || row.challenge()
                .matches("[A-Z][A-Za-z]+ ([a-z_]+=\"[^\"]+\")(, [a-z_]+=\"[^\"]+\")*"));
    assertEquals(row.sentence(), error(response).get("message"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> error(Response response) {
    try {
      return (Map<String, Object>)
          Json.readObject(response.body().getBytes(StandardCharsets.UTF_8), Json.Limits.DOCUMENT)
              .get("error");
    } catch (dev.countersign.internal.JsonException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void S24_CH13_isNeitherStoredNorSniffed(Row row) {
    Response response = row.exchange().refusedBy(engine());

    assertEquals(List.of("no-store"), response.values("Cache-Control"));
    assertEquals(List.of("nosniff"), response.values("X-Content-Type-Options"));
    assertEquals(List.of("application/json"), response.values("Content-Type"));
    assertEquals(
        List.of(Integer.toString(response.body().length())), response.values("Content-Length"));
    assertEquals(List.of(), response.values("Set-Cookie"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void S25_S26_hasABodyThatIsAJsonRpcErrorOutsideTheReservedCodes(Row row) {
    Response response = row.exchange().refusedBy(engine());
    Map<String, Object> error = error(response);

    assertTrue(response.body().startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{"));
    assertEquals((long) row.status(), error.get("code"));
    assertFalse(row.status() >= -32768 && row.status() <= -32000);
    assertEquals(!row.challenge().isEmpty(), error.containsKey("data"));
  }

  @Test
  void S25_theBodyOfARefusalCarriesWhatTheChallengeSays() {
    assertEquals(
        """
        {"jsonrpc":"2.0","id":null,"error":{"code":403,"message":"The request needs more scope than the access\
         token has","data":{"error":"insufficient_scope","error_description":"The request needs more scope than\
         the access token has","scope":"mcp:read","resource_metadata":"%s"}}}"""
            .formatted(METADATA),
        post().bearer("good").refusedBy(engine()).body());
    assertEquals(
        """
        {"jsonrpc":"2.0","id":null,"error":{"code":401,"message":"This resource needs an access token","data":\
        {"error_description":"This resource needs an access token","scope":"mcp:read","resource_metadata":"%s"}}}"""
            .formatted(METADATA),
        post().refusedBy(engine()).body());
    assertEquals(
        """
        {"jsonrpc":"2.0","id":null,"error":{"code":503,"message":"The access token cannot be checked at the\
         moment"}}""",
        post().bearer("outage").refusedBy(engine()).body());
  }

  @Test
  void S21_asksTheClientToComeBackWhenTheTokenCannotBeJudged() {
    Response response = post().bearer("outage").refusedBy(engine());

    assertEquals(List.of("5"), response.values("Retry-After"));
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }

  @Test
  void theFieldsStandInAFixedOrder() {
    assertEquals(
        List.of(
            "WWW-Authenticate",
            "Cache-Control",
            "X-Content-Type-Options",
            "Content-Type",
            "Content-Length"),
        post().refusedBy(engine()).fields().stream().map(FieldLine::name).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersHeadLikeGetWithoutTheBody(Row row) {
    Response get = row.exchange().refusedBy(engine());
    MemoryExchange head =
        MemoryExchange.of(
            "HEAD",
            "/mcp" + (row.exchange().query().isEmpty() ? "" : "?" + row.exchange().query()));
    for (String name :
        List.of("Authorization", "Origin", "Cookie", "X-Access-Token", "Proxy-Authorization")) {
      row.exchange().headers(name).forEach(value -> head.field(name, value));
    }

    assertEquals(get.withoutBody(), head.refusedBy(engine()));
  }

  @Test
  void U06_SC13_isByteIdenticalForTheSameNeed() {
    ResourceServer engine = engine();
    Response first = post().refusedBy(engine);
    Response denied = post().bearer("EXPIRED").refusedBy(engine);

    for (int run = 0; run < 20; run++) {
      assertEquals(
          first,
          MemoryExchange.of("GET", "/mcp/x?run=" + run)
              .field("X-Request-Id", "" + run)
              .refusedBy(engine));
      assertEquals(denied, post().bearer("SIGNATURE").refusedBy(engine));
    }
    assertEquals(first, post().refusedBy(engine()));
  }

  @Test
  void U06_theOrderOfTheScopesIsThatOfTheNeedWhateverCameBefore() {
    Decision ab = new Decision.Denied(Denial.MISSING_SCOPE, Scope.of("a", "b"), "");
    Decision ba = new Decision.Denied(Denial.MISSING_SCOPE, Scope.of("b", "a"), "");

    Response first = answers.to(ab, resource, "POST", AuthScheme.BEARER);
    Response second = answers.to(ba, resource, "POST", AuthScheme.BEARER);

    assertTrue(challenge(first).contains("scope=\"a b\""));
    assertTrue(challenge(second).contains("scope=\"b a\""));
    assertEquals(second, answers.to(ba, resource, "POST", AuthScheme.BEARER));
    assertEquals(second, new Answers(config).to(ba, resource, "POST", AuthScheme.BEARER));
  }

  @Test
  void answersMoreNeedsThanItKeeps() {
    for (int run = 0; run < 3000; run++) {
      Decision decision = new Decision.Denied(Denial.MISSING_SCOPE, Scope.of("scope-" + run), "");

      assertTrue(
          challenge(answers.to(decision, resource, "POST", AuthScheme.BEARER))
              .contains("\"scope-" + run + "\""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void S33_C22_showsNothingOfTheDetailOfADenial(Denial why) {
    Response plain = answers.to(new Decision.Denied(why, ""), resource, "POST", AuthScheme.BEARER);
    Response detailed =
        answers.to(new Decision.Denied(why, "marker"), resource, "POST", AuthScheme.BEARER);

    assertEquals(plain, detailed);
    assertEquals(why.status(), plain.status());
    assertEquals(why.challenges() ? 1 : 0, plain.values("WWW-Authenticate").size());
  }

  @Test
  void S33_LG12_looksTheSameForEveryFaultOfAToken() {
    ResourceServer engine = engine();
    Response expected = post().bearer("EXPIRED").refusedBy(engine);

    Arrays.stream(Denial.values())
        .filter(why -> why.error().equals(Denial.EXPIRED.error()))
        .forEach(why -> assertEquals(expected, post().bearer(why.name()).refusedBy(engine)));
    assertEquals(expected, post().bearer("garbage").refusedBy(engine));
    assertEquals(expected, post().bearer("a%b").refusedBy(engine));
  }

  @Test
  void S13_namesTheSameMetadataUrlIn401And403() {
    ResourceServer engine = engine();

    assertTrue(challenge(post().refusedBy(engine)).contains(U));
    assertTrue(challenge(post().bearer("good").refusedBy(engine)).contains(U));
  }

  @Test
  void C10_C21_writesTheRealmFirstAndOnlyIfThereIsOne() {
    assertFalse(challenge(post().refusedBy(engine())).contains("realm"));
    assertEquals(
        "Bearer realm=\"MCP\", " + S + ", " + U,
        challenge(post().refusedBy(engine(config -> config.realm("MCP")))));
    assertEquals(
        INVALID_TOKEN.replace("Bearer ", "Bearer realm=\"MCP\", "),
        challenge(post().bearer("EXPIRED").refusedBy(engine(config -> config.realm("MCP")))));
  }

  @Test
  void C18_S02_writesTheErrorUriLastAndOnlyWithAnError() {
    ResourceServer engine = engine(config -> config.errorUri("https://mcp.example/errors"));

    assertEquals(
        INVALID_TOKEN + ", error_uri=\"https://mcp.example/errors\"",
        challenge(post().bearer("EXPIRED").refusedBy(engine)));
    assertEquals("Bearer " + S + ", " + U, challenge(post().refusedBy(engine)));
  }

  @Test
  void C37_writesNoScopeWhereNoneIsNeeded() {
    ResourceServer engine = ResourceServer.create(Engines.builder().build());

    assertEquals("Bearer " + U, challenge(post().refusedBy(engine)));
    assertFalse(post().refusedBy(engine).body().contains("scope\""));
  }

  @Test
  void S12_U08_asksFirstForTheAnnouncedScopesAndRequiresTheRequiredOnes() {
    ResourceServer engine = engine(config -> config.announcedScopes("mcp:read", "profile"));

    assertTrue(challenge(post().refusedBy(engine)).contains("scope=\"mcp:read profile\""));
    assertTrue(
        challenge(post().bearer("EXPIRED").refusedBy(engine))
            .contains("scope=\"mcp:read profile\""));
    assertTrue(challenge(post().bearer("good").refusedBy(engine)).contains("scope=\"mcp:read\""));
    assertTrue(post().bearer("good.mcp_read").admittedBy(engine));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void C09_C25_C27_C31_C32_parsesBackToOneBearerChallenge(Row row) {
    Response response = row.exchange().refusedBy(engine());
    for (String value : response.values("WWW-Authenticate")) {
      assertTrue(value.startsWith("Bearer "));
      assertEquals(1, Challenges.parse(value).size());
      assertEquals(value, BearerChallenge.from(Challenges.parse(value).get(0)).toString());
    }
    assertNotEquals(407, response.status());
  }

  @Test
  void L01_writesAPlainHttpUrlOnTheLoopbackIfAllowed() {
    ResourceServer engine =
        ResourceServer.create(
            ResourceServerConfig.builder("http://127.0.0.1:8080/mcp")
                .authorizationServer("http://127.0.0.1:9000")
                .allowHttpOnLoopback()
                .tokenValidator(new StubValidator())
                .build());

    assertEquals(
        "Bearer resource_metadata=\"http://127.0.0.1:8080/.well-known/oauth-protected-resource/mcp\"",
        challenge(post().refusedBy(engine)));
  }
}
