package dev.countersign;

import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

  private static final String OWN = "https://mcp.example";
  private static final String APP = "https://app.example";
  private static final List<FieldLine> CORS =
      List.of(
          new FieldLine("Access-Control-Allow-Origin", APP),
          new FieldLine("Vary", "Origin"),
          new FieldLine(
              "Access-Control-Expose-Headers",
              "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After"));

  private static final Consumer<ConfigBuilder> ALLOWED = config -> config.allowedOrigin(APP);

  private static MemoryExchange from(String origin, String method) {
    return MemoryExchange.of(method, "/mcp").field("Origin", origin);
  }

  private static MemoryExchange preflight(String origin) {
    return from(origin, "OPTIONS").field("Access-Control-Request-Method", "POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS", "HEAD", "PUT", "FOO"})
  void H01_H02_H03_refusesAForeignOriginWithAndWithoutAToken(String method) {
    ResourceServer engine = engine(ALLOWED);

    Response without = from("https://evil.example", method).refusedBy(engine);
    Response with = from("https://evil.example", method).bearer("good.mcp_read").refusedBy(engine);

    assertEquals(403, without.status());
    assertEquals(without, with);
    assertEquals("", challenge(without));
    assertFalse(without.body().contains("insufficient_scope"));
    assertEquals(List.of(), without.values("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sse", "/messages", "/", "/mcp/x", "/health"})
  void H01_checksTheOriginOnEveryPath(String path) {
    ResourceServer engine = engine(config -> config.publicPath("/health"));

    assertEquals(
        403,
        MemoryExchange.of("POST", path)
            .field("Origin", "https://evil.example")
            .refusedBy(engine)
            .status());
  }

  @Test
  void H04_MC1_takesARequestWithoutOrigin() {
    assertTrue(
        MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read").admittedBy(engine(ALLOWED)));
  }

  @Test
  void H04_takesNullOnlyIfListed() {
    assertEquals(403, from("null", "POST").bearer("good.mcp_read").refusedBy(engine()).status());
    assertTrue(
        from("null", "POST")
            .bearer("good.mcp_read")
            .admittedBy(engine(config -> config.allowedOrigin("null"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.evil.com", "http://mcp.example", "https://mcp.example:8443",
            "https://mcp.example:443",
        "https://evil-mcp.example", "https://x.mcp.example", "https://mcp.example.",
            "https://MCP.example",
        "https://mcp.example/", "https://mcp.example/x",
            "https://mcp.example, https://evil.example", "",
        "https://evil.example, https://mcp.example", " https://mcp.example",
            "https://mcp.example\u0000", "*",
        "https://user@mcp.example", "HTTPS://mcp.example", "mcp.example", "//mcp.example"
      })
  void H05_MC2_comparesExactly(String origin) {
    Response response = from(origin, "POST").bearer("good.mcp_read").refusedBy(engine(ALLOWED));

    assertEquals(403, response.status());
    assertEquals(List.of(), response.values("Access-Control-Allow-Origin"));
    assertEquals(403, preflight(origin).refusedBy(engine(ALLOWED)).status());
  }

  @Test
  void H05_takesTheOwnOriginAndListedOnes() {
    for (String origin : List.of(OWN, APP)) {
      MemoryExchange exchange = from(origin, "POST").bearer("good.mcp_read");

      assertTrue(exchange.admittedBy(engine(ALLOWED)));
      assertEquals(
          new FieldLine("Access-Control-Allow-Origin", origin),
          exchange.admission().fields().get(0));
    }
  }

  @Test
  void MC2_refusesTwoOrigins() {
    assertEquals(
        403,
        from(OWN, "POST")
            .field("Origin", OWN)
            .bearer("good.mcp_read")
            .refusedBy(engine())
            .status());
    assertEquals(403, preflight(OWN).field("Origin", APP).refusedBy(engine(ALLOWED)).status());
  }

  @Test
  void H06_MC5_checksTheOriginBeforeThePreflightAndTheToken() {
    StubValidator validator = new StubValidator();
    ResourceServer engine = engine(config -> config.tokenValidator(validator).toolScope("x", "y"));
    MemoryExchange exchange =
        from("https://evil.example", "POST").bearer("good.mcp_read").json("{}");

    assertEquals(403, exchange.refusedBy(engine).status());
    assertEquals(List.of(), validator.asked);
    assertEquals(0, exchange.bodyReads);
    assertEquals(403, from("https://evil.example", "POST").refusedBy(engine).status());
    Response foreign = preflight("https://evil.example").refusedBy(engine);
    assertEquals(403, foreign.status());
    assertTrue(foreign.fields().stream().noneMatch(f -> f.name().startsWith("Access-Control")));
  }

  @Test
  void H09_AH29_answersARealPreflightWithoutAToken() {
    Response response = preflight(APP).refusedBy(engine(ALLOWED));

    assertEquals(204, response.status());
    assertEquals("", response.body());
    assertEquals(CORS, response.fields().subList(0, 3));
    assertEquals(List.of("600"), response.values("Access-Control-Max-Age"));
    assertEquals(List.of(), response.values("Content-Length"));
  }

  @Test
  void H09_takesAnyOtherOptionsForARequest() {
    ResourceServer engine = engine(ALLOWED);

    assertEquals(401, MemoryExchange.of("OPTIONS", "/mcp").refusedBy(engine).status());
    assertEquals(401, from(APP, "OPTIONS").refusedBy(engine).status());
    assertEquals(
        401,
        MemoryExchange.of("OPTIONS", "/mcp")
            .field("Access-Control-Request-Method", "POST")
            .refusedBy(engine)
            .status());
    assertEquals(
        401,
        from(APP, "options")
            .field("Access-Control-Request-Method", "POST")
            .refusedBy(engine)
            .status());
    assertEquals(
        401,
        from(APP, "POST")
            .field("Access-Control-Request-Method", "POST")
            .refusedBy(engine)
            .status());
    assertTrue(MemoryExchange.of("OPTIONS", "/mcp").bearer("good.mcp_read").admittedBy(engine));
  }

  private static List<String> names(Response response, String field) {
    return Arrays.stream(response.values(field).get(0).split(", ", -1)).toList();
  }

  @Test
  void H10_allowsByNameWhatClientsSend() {
    Response response =
        preflight(APP)
            .field(
                "Access-Control-Request-Headers", "mcp-param-region,MCP-Param-X_y, authorization")
            .field("Access-Control-Request-Headers", "mcp-param-second")
            .refusedBy(engine(ALLOWED));

    assertEquals(
        List.of("GET", "POST", "DELETE", "HEAD", "OPTIONS"),
        names(response, "Access-Control-Allow-Methods"));
    assertEquals(
        List.of(
            "Authorization",
            "Content-Type",
            "Accept",
            "MCP-Protocol-Version",
            "Mcp-Session-Id",
            "Last-Event-ID",
            "Mcp-Method",
            "Mcp-Name",
            "mcp-param-region",
            "MCP-Param-X_y",
            "mcp-param-second"),
        names(response, "Access-Control-Allow-Headers"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-evil",
        "mcp-param-",
        "mcp-param-a b",
        "mcp-param-\r\nx: y",
        "mcp-param-\u00e9",
        "mcp-param-a;b",
        "*",
        "xmcp-param-a",
        "mcp-param-a:b"
      })
  void C14_H10_reflectsNoOtherName(String requested) {
    Response response =
        preflight(APP)
            .field("Access-Control-Request-Headers", requested)
            .refusedBy(engine(ALLOWED));

    assertEquals(8, names(response, "Access-Control-Allow-Headers").size());
  }

  @Test
  void reflectsABoundedNumberOfNames() {
    String many =
        IntStream.range(0, 1000).mapToObj(i -> "mcp-param-" + i).collect(Collectors.joining(","));

    Response response =
        preflight(APP).field("Access-Control-Request-Headers", many).refusedBy(engine(ALLOWED));

    assertEquals(40, names(response, "Access-Control-Allow-Headers").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EXPIRED", "good", "outage", "POLICY", "a, Bearer b"})
  void H11_H12_CH12_putsCorsFieldsOnEveryAnswer(String token) {
    MemoryExchange exchange = from(APP, "POST");
    Response response =
        (token.isEmpty() ? exchange : exchange.bearer(token)).refusedBy(engine(ALLOWED));

    assertEquals(
        CORS, response.fields().subList(response.fields().size() - 3, response.fields().size()));
    assertEquals(List.of(), response.values("Access-Control-Allow-Credentials"));
  }

  @Test
  void H11_putsCorsFieldsOnBodyRefusalsAndUnknownResources() {
    ResourceServer engine =
        engine(
            config -> {
              ALLOWED.accept(config);
              config.toolScope("x", "y").resource("b").resource("https://mcp.example/b");
            });

    Response badBody = from(APP, "POST").bearer("good.mcp_read").json("x").refusedBy(engine);
    Response nowhere =
        MemoryExchange.of("POST", "/c")
            .field("Origin", APP)
            .bearer("good.mcp_read")
            .refusedBy(engine);

    assertEquals(400, badBody.status());
    assertEquals(404, nowhere.status());
    assertEquals(List.of(APP), badBody.values("Access-Control-Allow-Origin"));
    assertEquals(List.of(APP), nowhere.values("Access-Control-Allow-Origin"));
  }

  @Test
  void H11_H12_handsTheFieldsToTheAnswerOfTheApplication() {
    MemoryExchange exchange = from(APP, "POST").bearer("good.mcp_read");
    assertTrue(exchange.admittedBy(engine(ALLOWED)));
    assertEquals(CORS, exchange.admission().fields());

    MemoryExchange none = MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read");
    assertTrue(none.admittedBy(engine(ALLOWED)));
    assertEquals(List.of(), none.admission().fields());
  }
}
