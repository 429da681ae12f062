package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairCrossOriginTest {

  private static final String PAGE = "https://app.example";
  private static final String ALLOW = "Access-Control-Allow-Origin";
  private static final String EXPOSE = "Access-Control-Expose-Headers";
  private static final String EXPOSED =
      "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After";

  private final ResourceServer engine =
      Engines.engine(config -> config.mode(Mode.REPAIR).allowedOrigin(PAGE));

  private static MemoryExchange from(String origin) {
    return MemoryExchange.of("POST", "/mcp").field("Origin", origin);
  }

  private static MemoryExchange preflight() {
    return MemoryExchange.of("OPTIONS", "/mcp")
        .field("Origin", PAGE)
        .field("Access-Control-Request-Method", "POST");
  }

  private MemoryHead completed(MemoryExchange request, MemoryHead head) {
    engine.complete(request, head);
    return head;
  }

  @Test
  void H11_letsPagesOfAllowedOriginsReadEveryAnswer() {
    for (int status : new int[] {200, 401, 403, 404, 503}) {
      MemoryHead head = completed(from(PAGE), MemoryHead.of(status).with("Vary", "Accept"));

      assertEquals(List.of(PAGE), head.headers(ALLOW));
      assertEquals(List.of(EXPOSED), head.headers(EXPOSE));
      assertEquals(List.of("Accept", "Origin"), head.headers("Vary"));
    }
  }

  @Test
  void addsNothingForOtherOrigins() {
    assertEquals(0, completed(from("https://evil.example"), MemoryHead.of(200)).writes);
    assertEquals(
        0,
        completed(from(PAGE).field("Origin", "https://evil.example"), MemoryHead.of(200)).writes);
    assertEquals(0, completed(MemoryExchange.of("POST", "/mcp"), MemoryHead.of(200)).writes);
    assertEquals(
        List.of(), completed(from("https://evil.example"), MemoryHead.of(401)).headers(ALLOW));
  }

  @Test
  void keepsWhatTheApplicationSays() {
    MemoryHead other = MemoryHead.of(200).with(ALLOW, "https://other.example");
    MemoryHead open =
        MemoryHead.of(200).with(ALLOW, "*").with(EXPOSE, "X-App, mcp-session-id").with("Vary", "*");
    MemoryHead closedToUs = MemoryHead.of(200).with(ALLOW, PAGE).with(EXPOSE, "*");

    assertEquals(0, completed(from(PAGE), other).writes);
    assertEquals(
        List.of("X-App, mcp-session-id, WWW-Authenticate, MCP-Protocol-Version, Retry-After"),
        completed(from(PAGE), open).headers(EXPOSE));
    assertEquals(List.of("*"), open.headers(ALLOW));
    assertEquals(0, completed(from(PAGE), closedToUs).writes);
  }

  @Test
  void anAsteriskExposesNothingWithCredentials() {
    MemoryHead head =
        MemoryHead.of(200)
            .with(ALLOW, PAGE)
            .with(EXPOSE, "*")
            .with("Access-Control-Allow-Credentials", "true");

    assertEquals(List.of("*, " + EXPOSED), completed(from(PAGE), head).headers(EXPOSE));
  }

  @Test
  void twoAllowedOriginsBecomeOne() {
    MemoryHead head =
        MemoryHead.of(200).with(ALLOW, PAGE, PAGE).with(EXPOSE, EXPOSED).with("Vary", "a, origin");

    assertEquals(List.of(PAGE), completed(from(PAGE), head).headers(ALLOW));
    assertEquals(1, head.writes);
  }

  @Test
  void H11_exposesTheChallengeToWhomTheApplicationLetsIn() {
    for (String allowed : List.of("*", "https://other.example")) {
      MemoryHead head = MemoryHead.of(401).with(ALLOW, allowed);

      assertEquals(
          List.of("WWW-Authenticate"),
          completed(from("https://other.example"), head).headers(EXPOSE));
    }
    assertEquals(
        0, completed(from("https://other.example"), MemoryHead.of(200).with(ALLOW, "*")).writes);
    assertEquals(
        List.of(),
        completed(
                from("https://third.example"),
                MemoryHead.of(401).with(ALLOW, "https://other.example"))
            .headers(EXPOSE));
  }

  @Test
  void completesAPreflightThatTheApplicationAnswers() {
    MemoryHead head =
        completed(
            preflight().field("Access-Control-Request-Headers", "mcp-param-x"),
            MemoryHead.of(204).with("Access-Control-Allow-Methods", "GET"));

    assertEquals(List.of(PAGE), head.headers(ALLOW));
    assertEquals(List.of("Origin"), head.headers("Vary"));
    assertEquals(List.of("GET"), head.headers("Access-Control-Allow-Methods"));
    assertEquals(
        List.of(
            "Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id,"
                + " Last-Event-ID, Mcp-Method, Mcp-Name, mcp-param-x"),
        head.headers("Access-Control-Allow-Headers"));
    assertEquals(List.of("600"), head.headers("Access-Control-Max-Age"));
  }

  @Test
  void leavesOtherPreflightsAlone() {
    assertEquals(0, completed(preflight(), MemoryHead.of(403)).writes);
    assertEquals(0, completed(preflight(), MemoryHead.of(404)).writes);
    assertEquals(
        0, completed(preflight(), MemoryHead.of(200).with(ALLOW, "https://x.example")).writes);
    assertEquals(List.of(), completed(preflight(), MemoryHead.of(401)).headers(ALLOW));
  }
}
