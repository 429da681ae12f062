package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingExchangeTest {

  private static final Response ANSWER = Response.empty(404, List.of());
  private static final Admission ADMISSION = new Admission(Optional.empty(), List.of());

  private final RecordingExchange exchange = RecordingExchange.of("POST", "/mcp?a=b?c");

  @Test
  void splitsTheTargetAtTheFirstQuestionMark() {
    assertEquals("/mcp", exchange.path());
    assertEquals("a=b?c", exchange.query());
  }

  @Test
  void keepsEveryLineOfAField() {
    exchange.header("authorization", "Basic eDp5").bearer("abc");

    assertEquals(List.of("Basic eDp5", "Bearer abc"), exchange.headers("Authorization"));
    assertEquals(List.of(), exchange.headers("Origin"));
  }

  @Test
  void readsTheBodyUpToTheLimitAndCounts() throws IOException {
    exchange.body("{\"a\":1}");

    byte[] read = exchange.body().orElseThrow().read(3);

    assertArrayEquals("{\"a".getBytes(StandardCharsets.UTF_8), read);
    assertEquals(1, exchange.bodyReads());
  }

  @Test
  void hasNoReplayableBodyUnlessGivenOne() {
    assertTrue(exchange.body().isEmpty());
  }

  @Test
  void keepsTheOutcome() {
    exchange.send(ANSWER);

    assertEquals(Optional.of(ANSWER), exchange.response());
    assertEquals(Optional.empty(), exchange.admission());
  }

  @Test
  void refusesASecondOutcome() {
    exchange.accept(ADMISSION);

    assertThrows(IllegalStateException.class, () -> exchange.send(ANSWER));
    assertThrows(IllegalStateException.class, () -> exchange.accept(ADMISSION));
    assertEquals(Optional.of(ADMISSION), exchange.admission());
  }
}
