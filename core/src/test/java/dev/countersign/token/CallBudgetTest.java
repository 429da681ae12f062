package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallBudgetTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000L);
  private final CallBudget budget = new CallBudget(nanos::get);

  private int takeAll() {
    int taken = 0;
    while (budget.take()) {
      taken++;
    }
    return taken;
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void IN16_allowsABurstAndThenSoManyASecond() {
    assertEquals(CallBudget.BURST, takeAll());

    advance(Duration.ofSeconds(1));
    assertEquals(CallBudget.PER_SECOND, takeAll());

    advance(Duration.ofMillis(19));
    assertFalse(budget.take());
    advance(Duration.ofMillis(1));
    assertTrue(budget.take());
    assertFalse(budget.take());
  }

  @Test
  void IN16_savesNoMoreThanABurst() {
    advance(Duration.ofDays(1));

    assertEquals(CallBudget.BURST, takeAll());
  }

  @Test
  void givesBackWhatWasAskedAboutAGoodToken() {
    takeAll();

    budget.giveBack();
    assertTrue(budget.take());
    assertFalse(budget.take());

    // Giving back more than was taken makes it no bigger.
    for (int at = 0; at < 2 * CallBudget.BURST; at++) {
      budget.giveBack();
    }
    assertEquals(CallBudget.BURST, takeAll());
  }

  @Test
  void aLaterPauseIsNotCutShort() {
    assertFalse(budget.isPausing());

    budget.pause(Duration.ofSeconds(20));
    budget.pause(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(20).minusNanos(1));
    assertTrue(budget.isPausing());
    advance(Duration.ofNanos(1));
    assertFalse(budget.isPausing());
  }
}
