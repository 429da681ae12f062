package dev.countersign.token;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How many questions about unknown tokens an authorization server is asked, whatever is sent to
 * this server: {@link #BURST} at once and {@link #PER_SECOND} a second after that, and half of both
 * for one source of requests, so that a flood from one place leaves the other half to everybody
 * else. Questions about good tokens cost nothing.
 *
 * <p>Takes the same memory for any number of sources: they share {@link #SHARES} shares, and which
 * one it is for a source nobody can tell from outside. Thread-safe.
 */
final class CallBudget {

  static final int BURST = 200;
  static final int PER_SECOND = 50;
  static final int SHARES = 4096;

  private static final long COST = Duration.ofSeconds(1).toNanos() / PER_SECOND;
  private static final long FULL = BURST * COST;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  // The shares, and behind them what all have together.
  private static final int ALL = SHARES;
  private static final int SHARE_BITS = Integer.numberOfTrailingZeros(SHARES);

  private final LongSupplier nanos;
  private final long origin;
  private final long salt = new SecureRandom().nextLong();

  // The instant at which a budget was, or would be, empty. The budget is the time since then.
  private final AtomicLongArray empty = new AtomicLongArray(SHARES + 1);
  private volatile long pauseEnd;

  CallBudget(LongSupplier nanos) {
    this.nanos = nanos;
    // Counted from here, because the clock may overflow.
    this.origin = nanos.getAsLong();
    for (int at = 0; at <= ALL; at++) {
      empty.set(at, -FULL);
    }
  }

  /**
   * Takes one question from the budget; false if none is left.
   *
   * @param source who makes this server ask; empty if nobody can tell, for whom only the whole
   *     counts
   */
  boolean take(String source) {
    long now = now();
    // What is beyond the share of a source takes nothing from the others.
    if (!source.isEmpty() && !take(shareOf(source), 2 * COST, now)) {
      return false;
    }
    boolean taken = take(ALL, COST, now);
    if (!taken && !source.isEmpty()) {
      empty.addAndGet(shareOf(source), -2 * COST);
    }
    return taken;
  }

  private boolean take(int cell, long cost, long now) {
    while (true) {
      long since = empty.get(cell);
      long next = Math.max(since, now - FULL) + cost;
      if (next > now) {
        return false;
      }
      if (empty.compareAndSet(cell, since, next)) {
        return true;
      }
    }
  }

  /** Gives back a question that was asked about a good token. */
  void giveBack(String source) {
    empty.addAndGet(ALL, -COST);
    if (!source.isEmpty()) {
      empty.addAndGet(shareOf(source), -2 * COST);
    }
  }

  // Fibonacci hashing: the upper bits of the product depend on all bits of the factor.
  private int shareOf(String source) {
    return (int) (((source.hashCode() ^ salt) * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SHARE_BITS));
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
