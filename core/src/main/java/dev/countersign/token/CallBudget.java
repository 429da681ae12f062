package dev.countersign.token;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many questions about unknown tokens an authorization server is asked, whatever is sent to
 * this server: {@link #BURST} at once and {@link #PER_SECOND} a second after that. Questions about
 * good tokens cost nothing. Thread-safe.
 */
final class CallBudget {

  static final int BURST = 200;
  static final int PER_SECOND = 50;

  private static final long COST = Duration.ofSeconds(1).toNanos() / PER_SECOND;
  private static final long FULL = BURST * COST;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final LongSupplier nanos;
  private final long origin;

  // The instant at which the budget was, or would be, empty. The budget is the time since then.
  private final AtomicLong empty;
  private volatile long pauseEnd;

  CallBudget(LongSupplier nanos) {
    this.nanos = nanos;
    // Counted from here, because the clock may overflow.
    this.origin = nanos.getAsLong();
    this.empty = new AtomicLong(-FULL);
  }

  /** Takes one question from the budget; false if none is left. */
  boolean take() {
    long now = now();
    while (true) {
      long since = empty.get();
      long next = Math.max(since, now - FULL) + COST;
      if (next > now) {
        return false;
      }
      if (empty.compareAndSet(since, next)) {
        return true;
      }
    }
  }

  /** Gives back a question that was asked about a good token. */
  void giveBack() {
    empty.addAndGet(-COST);
  }

  /** Asks nothing for some time, a minute at most. */
  void pause(Duration time) {
    Duration bounded = time.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : time;
    pauseEnd = Math.max(pauseEnd, now() + bounded.toNanos());
  }

  /** Whether the authorization server asked to be left alone and is not yet to be asked again. */
  boolean isPausing() {
    return now() < pauseEnd;
  }

  private long now() {
    return nanos.getAsLong() - origin;
  }
}
