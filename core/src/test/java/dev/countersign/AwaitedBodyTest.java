package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Denial;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Ten seconds, and one more for every 8192 bytes that have arrived. */
class AwaitedBodyTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T00:00:00Z"));
  private final BodyMemory memory = new BodyMemory(100_000, clock);
  private final BodyMemory.Loan loan = memory.lend();
  private final CompletableFuture<byte[]> content = new CompletableFuture<>();
  private final List<Runnable> due = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private int ended;

  private final AwaitedBody body =
      AwaitedBody.begin((limit, allowance) -> content, 100, loan, this::after);

  private Runnable after(Duration delay, Runnable task) {
    delays.add(delay);
    due.add(task);
    return () -> due.remove(task);
  }

  /** Lets the time pass after which the timer was to ring. */
  private void ring() {
    clock.advance(delays.get(delays.size() - 1));
    due.remove(0).run();
  }

  private Denial refusal() {
    return assertThrows(BodyMemory.RefusedException.class, body::content).why();
  }

  @Test
  void HT8_endsTheWaitingForAClientThatSendsNothing() {
    body.whenEnded(() -> ended++);

    assertEquals(List.of(Duration.ofMillis(10_001)), delays);
    assertEquals(0, ended);
    ring();
    assertEquals(1, ended);
    assertEquals(Denial.BODY_TOO_SLOW, refusal());
    assertEquals(List.of(), due);
  }

  @Test
  void HT8_waitsLongerForWhatIsLargeAndComes() throws IOException {
    loan.take(2 * 8192);

    ring();
    assertFalse(content.isDone());
    assertEquals(Duration.ofSeconds(2), delays.get(1));
    ring();
    assertEquals(Denial.BODY_TOO_SLOW, refusal());
  }

  @Test
  void BP38_aLateClientTakesNothingMore() throws IOException {
    loan.take(8192);
    ring();
    ring();
    body.close();

    assertEquals(0, memory.taken());
    // It would have bought itself a second.
    assertThrows(IOException.class, () -> loan.take(8192));
    assertEquals(0, memory.taken());
  }

  @Test
  void callsTheTimerOffWhenItIsThere() throws IOException {
    content.complete(new byte[3]);

    assertEquals(List.of(), due);
    assertEquals(3, body.content().length);
  }

  @Test
  void asksForNoTimerWhenItIsThereAlready() {
    delays.clear();

    AwaitedBody.begin(
        (limit, allowance) -> CompletableFuture.completedFuture(new byte[limit]),
        5,
        memory.lend(),
        this::after);

    assertEquals(List.of(), delays);
  }

  @Test
  void HT8_waitsForNobodyIfThereIsNoTimer() throws IOException {
    BodyMemory.Loan lent = memory.lend();
    AwaitedBody unwatched =
        AwaitedBody.begin(
            (limit, allowance) -> new CompletableFuture<>(),
            5,
            lent,
            (delay, task) -> {
              throw new OutOfMemoryError("unable to create native thread");
            });

    assertThrows(IOException.class, unwatched::content);
    lent.take(7);
    unwatched.close();
    assertEquals(0, memory.taken());
  }

  @Test
  void closingEndsTheGathering() {
    body.close();

    assertTrue(content.isCompletedExceptionally());
    assertEquals(List.of(), due);
  }
}
