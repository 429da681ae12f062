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
    return takeAll("");
  }

  private int takeAll(String source) {
    int taken = 0;
    while (budget.take(source)) {
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
    assertFalse(budget.take(""));
    advance(Duration.ofMillis(1));
    assertTrue(budget.take(""));
    assertFalse(budget.take(""));
  }

  @Test
  void IN16_savesNoMoreThanABurst() {
    advance(Duration.ofDays(1));

    assertEquals(CallBudget.BURST, takeAll());
  }

  @Test
  void givesBackWhatWasAskedAboutAGoodToken() {
    takeAll();

    budget.giveBack("");
    assertTrue(budget.take(""));
    assertFalse(budget.take(""));

    // Giving back more than was taken makes it no bigger.
    for (int at = 0; at < 2 * CallBudget.BURST; at++) {
      budget.giveBack("");
    }
    assertEquals(CallBudget.BURST, takeAll());
  }

  @Test
  void IN16_oneSourceTakesHalfAtMost() {
    assertEquals(CallBudget.BURST / 2, takeAll("one"));
    assertEquals(CallBudget.BURST / 2, takeAll("two"));
    assertEquals(0, takeAll("three"));

    advance(Duration.ofSeconds(1));
    assertEquals(CallBudget.PER_SECOND / 2, takeAll("one"));
    assertEquals(CallBudget.PER_SECOND / 2, takeAll("three"));
    assertEquals(0, takeAll(""));
  }

  @Test
  void IN16_whatASourceTriesBeyondItsShareIsNotTakenFromOthers() {
    takeAll("one");
    for (int at = 0; at < 10_000; at++) {
      assertFalse(budget.take("one"));
    }

    assertEquals(CallBudget.BURST / 2, takeAll(""));
    // Nor from itself, while nothing was left for anybody.
    takeAll("two");
    advance(Duration.ofSeconds(1));
    assertEquals(CallBudget.PER_SECOND, takeAll("two"));
  }

  @Test
  void IN16_anyNumberOfSourcesHasTheSameMemoryAndTheSameLimit() {
    int taken = 0;
    for (int at = 0; at < 1_000_000; at++) {
      taken += budget.take("source-" + at) ? 1 : 0;
    }

    assertEquals(CallBudget.BURST, taken);
  }

  @Test
  void IN16_sourcesSeldomShare() {
    takeAll("one");

    int held = 0;
    for (int at = 0; at < 1000; at++) {
      String source = "source-" + at;
      held += budget.take(source) ? 0 : 1;
      budget.giveBack(source);
    }
    // One in 4096 on the average, and each once.
    assertTrue(held <= 8, held + " of 1000 sources share with one");
  }

  @Test
  void givesBackToTheSource() {
    takeAll("one");

    budget.giveBack("one");
    assertTrue(budget.take("one"));
    assertFalse(budget.take("one"));
    assertEquals(CallBudget.BURST / 2, takeAll(""));
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
