package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Denial;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T00:00:00Z"));
  private final BodyMemory memory = new BodyMemory(100_000, clock);

  private static Denial refusal(BodyMemory.Loan loan, int bytes) {
    return assertThrows(BodyMemory.RefusedException.class, () -> loan.take(bytes)).why();
  }

  @Test
  void BP38_lendsNoMoreThanThereIs() throws IOException {
    BodyMemory.Loan one = memory.lend();
    BodyMemory.Loan other = memory.lend();
    one.take(60_000);
    other.take(40_000);

    assertEquals(Denial.BODY_MEMORY, refusal(other, 1));
    assertEquals(100_000, memory.taken());
    one.close();
    other.take(60_000);
    other.close();
    assertEquals(0, memory.taken());
  }

  @Test
  void BP38_givesBackOnceWhateverIsCalled() throws IOException {
    BodyMemory.Loan loan = memory.lend();
    loan.take(10);
    Runnable release = loan.keep();

    loan.close();
    assertEquals(10, memory.taken());
    release.run();
    release.run();
    loan.close();
    assertEquals(0, memory.taken());
  }

  @Test
  void BP38_countsRightWhenManyThreadsAsk() throws Exception {
    AtomicInteger lent = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      Thread one =
          new Thread(
              () -> {
                for (int round = 0; round < 2000; round++) {
                  try (BodyMemory.Loan loan = memory.lend()) {
                    loan.take(30_000);
                    lent.incrementAndGet();
                    assertTrue(memory.taken() <= 100_000);
                  } catch (IOException e) {
                    // Full.
                  }
                }
              });
      threads.add(one);
      one.start();
    }
    for (Thread one : threads) {
      one.join();
    }

    assertTrue(lent.get() > 0);
    assertEquals(0, memory.taken());
  }

  // Ten seconds, and one more for every 8192 bytes that have arrived.
  @Test
  void HT8_waitsNoLongerThanForASlowLine() throws IOException {
    BodyMemory.Loan trickle = memory.lend();
    for (int second = 0; second <= 10; second++) {
      trickle.take(1);
      clock.advance(Duration.ofSeconds(1));
    }
    assertEquals(Denial.BODY_TOO_SLOW, refusal(trickle, 1));

    BodyMemory.Loan slow = memory.lend();
    for (int second = 0; second < 10; second++) {
      slow.take(8192);
      clock.advance(Duration.ofSeconds(2));
    }
    slow.take(1);
    clock.advance(Duration.ofMillis(1));
    assertEquals(Denial.BODY_TOO_SLOW, refusal(slow, 1));
  }
}
