package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Mode;
import dev.countersign.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureThrottleTest {

  private static final int LIMIT = 100;

  private final SettableClock clock = new SettableClock();
  private final ResourceServer engine =
      Engines.engine(config -> config.failureLimit(LIMIT).clock(clock));

  private static MemoryExchange bad(String address) {
    return MemoryExchange.of("POST", "/mcp").bearer("SIGNATURE").from(address);
  }

  private static MemoryExchange good(String address) {
    return MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read").from(address);
  }

  private void exhaust(String address) {
    for (int at = 0; at < LIMIT; at++) {
      assertEquals(401, bad(address).refusedBy(engine).status());
    }
  }

  @Test
  void O13_aThousandBadTokensMeetA429ButTheDocumentIsServed() {
    int held = 0;
    for (int at = 0; at < 1000; at++) {
      Response answer = bad("192.0.2.1").refusedBy(engine);
      if (answer.status() == 429) {
        held++;
        assertEquals(List.of("60"), answer.values("Retry-After"));
        assertEquals(List.of(), answer.values("WWW-Authenticate"));
      }
    }
    assertEquals(1000 - LIMIT, held);

    Response document =
        MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp")
            .bearer("SIGNATURE")
            .from("192.0.2.1")
            .refusedBy(engine);
    assertEquals(200, document.status());
  }

  @Test
  void O13_endsWithTheMinute() throws IOException {
    exhaust("192.0.2.1");
    assertEquals(429, good("192.0.2.1").refusedBy(engine).status());

    clock.advance(Duration.ofSeconds(60));

    assertTrue(engine.admit(good("192.0.2.1")));
  }

  @Test
  void O13_holdsUpOneSourceOnly() throws IOException {
    exhaust("2001:db8:1:1::1");

    assertEquals(429, good("2001:db8:1:1:ffff::2").refusedBy(engine).status());
    assertTrue(engine.admit(good("192.0.2.1")));
  }

  @Test
  void O13_aRequestWithoutCredentialsIsAnsweredAsEver() {
    exhaust("192.0.2.1");

    Response answer = MemoryExchange.of("POST", "/mcp").from("192.0.2.1").refusedBy(engine);

    assertEquals(401, answer.status());
    assertEquals(1, answer.values("WWW-Authenticate").size());
  }

  @Test
  void O13_whatIsNoFailureOfTheCredentialsIsNotCounted() throws IOException {
    for (int at = 0; at < 2 * LIMIT; at++) {
      MemoryExchange.of("POST", "/mcp").from("192.0.2.1").refusedBy(engine);
      MemoryExchange.of("POST", "/mcp").bearer("good").from("192.0.2.1").refusedBy(engine);
      MemoryExchange.of("POST", "/mcp").bearer("outage").from("192.0.2.1").refusedBy(engine);
    }

    assertTrue(engine.admit(good("192.0.2.1")));
  }

  @Test
  void O13_aSourceThatNobodyKnowsIsNotHeldUp() throws IOException {
    for (int at = 0; at < 2 * LIMIT; at++) {
      MemoryExchange.of("POST", "/mcp").bearer("SIGNATURE").refusedBy(engine);
    }

    assertTrue(engine.admit(MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read")));
  }

  @Test
  void O13_isOffByDefaultAndInReportOnlyMode() throws IOException {
    ResourceServer unlimited = Engines.engine();
    ResourceServer reporting =
        Engines.engine(config -> config.failureLimit(1).mode(Mode.REPORT_ONLY));
    for (int at = 0; at < 2000; at++) {
      assertEquals(401, bad("192.0.2.1").refusedBy(unlimited).status());
      assertTrue(reporting.admit(bad("192.0.2.1")));
    }
    MemoryExchange exchange = good("192.0.2.1");
    assertTrue(reporting.admit(exchange));
    assertFalse(exchange.admission().accessToken().isEmpty());
  }
}
