package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Mode;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenersTest {

  private final List<DecisionEvent> events = new ArrayList<>();

  private DecisionEvent only() {
    assertEquals(1, events.size());
    return events.get(0);
  }

  @Test
  void O11_areToldOfARefusal() {
    Clock clock = Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC);

    MemoryExchange.of("PUT", "/mcp/x?secret=1")
        .bearer("AUDIENCE")
        .refusedBy(engine(config -> config.listener(events::add).clock(clock)));

    DecisionEvent event = only();
    assertEquals(clock.instant(), event.at());
    assertEquals(Engines.RESOURCE, event.resource().toString());
    assertEquals("PUT", event.method());
    assertEquals("/mcp/x", event.path());
    assertEquals(
        new Decision.Denied(Denial.AUDIENCE, Scope.of("mcp:read"), "detail of the validator"),
        event.decision());
    assertFalse(event.taken().isNegative());
    assertTrue(event.enforced());
    assertFalse(event.tokenInQuery());
  }

  @Test
  void O11_areToldOfAnAdmission() {
    MemoryExchange.of("POST", "/mcp")
        .bearer("good.mcp_read")
        .admittedBy(engine(c -> c.listener(events::add)));

    assertTrue(only().decision() instanceof Decision.Granted);
  }

  @Test
  void areToldOnceForEachOutcome() {
    ResourceServer engine =
        engine(c -> c.listener(events::add).publicPath("/health").toolScope("x", "y"));

    MemoryExchange.of("GET", "/health").admittedBy(engine);
    MemoryExchange.of("POST", "/mcp").refusedBy(engine);
    MemoryExchange.of("POST", "/mcp").bearer("outage").refusedBy(engine);
    MemoryExchange.of("POST", "/mcp").field("Origin", "https://evil.example").refusedBy(engine);
    MemoryExchange.of("POST", "/mcp")
        .bearer("good")
        .json("{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}")
        .refusedBy(engine);

    assertEquals(
        List.of(
            new Decision.Open(),
            new Decision.Denied(Denial.NO_CREDENTIALS, Scope.of("mcp:read"), ""),
            new Decision.Undecided("no keys"),
            new Decision.Denied(Denial.ORIGIN, ""),
            new Decision.Denied(Denial.MISSING_SCOPE, Scope.of("mcp:read"), "lacks mcp:read")),
        events.stream().map(DecisionEvent::decision).toList());
  }

  @Test
  void areNotToldOfDocumentsAndPreflights() {
    ResourceServer engine = engine(c -> c.listener(events::add));

    MemoryExchange.of("GET", "/.well-known/oauth-protected-resource").refusedBy(engine);
    MemoryExchange.of("OPTIONS", "/mcp")
        .field("Origin", "https://mcp.example")
        .field("Access-Control-Request-Method", "POST")
        .refusedBy(engine);

    assertEquals(List.of(), events);
  }

  @Test
  void T08_areToldOfATokenInTheQueryWithoutItsValue() {
    MemoryExchange.of("POST", "/mcp?a=b&access_token=s3cr3t")
        .refusedBy(engine(c -> c.listener(events::add)));

    assertTrue(only().tokenInQuery());
    assertFalse(only().toString().contains("s3cr3t"));
  }

  @Test
  void T21_LG1_seeNoToken() {
    ResourceServer engine = engine(c -> c.listener(events::add));
    for (String token :
        List.of(
            "good.mcp_read.s3cr3t",
            "s3cr3t",
            "s3cr3t%",
            "s3cr3t, Bearer s3cr3t",
            "\"s3cr3t\"",
            "s3cr3t".repeat(4000))) {
      MemoryExchange exchange = MemoryExchange.of("POST", "/mcp").bearer(token);
      if (!exchange.admittedBy(engine)) {
        assertFalse(events.get(events.size() - 1).toString().contains("s3cr3t"));
      }
    }
    assertEquals(6, events.size());
    assertFalse(events.toString().contains("s3cr3t"), events.toString());
  }

  @Test
  void T21_LG1_noTokenIsLogged() {
    try (LogCapture log = new LogCapture()) {
      ResourceServer engine = engine(c -> c.strictCredentials(true).publicPath("/health"));
      for (String path : List.of("/mcp", "/health", "/mcp?access_token=s3cr3t")) {
        for (String token :
            List.of(
                "good.s3cr3t", "s3cr3t", "s3cr3t%", "a, Bearer s3cr3t", "s3cr3t".repeat(4000))) {
          MemoryExchange.of("POST", path).bearer(token).admittedBy(engine);
        }
      }

      assertTrue(log.lines.size() > 3, log.lines::toString);
      assertFalse(log.lines.toString().contains("s3cr3t"), log.lines::toString);
    }
  }

  @Test
  void knowThatReportOnlyModeHasNoEffect() {
    MemoryExchange.of("POST", "/mcp")
        .admittedBy(engine(c -> c.listener(events::add).mode(Mode.REPORT_ONLY)));

    assertFalse(only().enforced());
    assertEquals(Denial.NO_CREDENTIALS, ((Decision.Denied) only().decision()).why());
  }

  static Stream<DecisionListener> broken() {
    return Stream.of(
        event -> {
          throw new IllegalStateException("broken");
        },
        event -> {
          throw new StackOverflowError();
        },
        event -> {
          throw new NoClassDefFoundError("broken");
        });
  }

  @ParameterizedTest
  @MethodSource("broken")
  void changeNothingWhenTheyThrow(DecisionListener broken) {
    ResourceServer engine = engine(c -> c.listener(broken).listener(events::add));

    assertTrue(MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read").admittedBy(engine));
    assertEquals(
        MemoryExchange.of("POST", "/mcp").refusedBy(engine()),
        MemoryExchange.of("POST", "/mcp").refusedBy(engine));
    assertEquals(2, events.size());
  }
}
