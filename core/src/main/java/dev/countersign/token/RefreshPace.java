package dev.countersign.token;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often an issuer may be asked, whatever the requests say: every 5 seconds, which is 12 times a
 * minute, and less often if it says so or if it costs more than one document. {@link
 * #allowsRefresh} is thread-safe; the rest belongs to the one refresh that runs.
 */
final class RefreshPace {

  static final Duration SHORTEST = Duration.ofSeconds(5);
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final LongSupplier nanos;
  private volatile long notBefore;

  RefreshPace(LongSupplier nanos) {
    this.nanos = nanos;
    this.notBefore = nanos.getAsLong();
  }

  boolean allowsRefresh() {
    // A difference, because the clock may overflow.
    return nanos.getAsLong() - notBefore >= 0;
  }

  /** Marks the beginning of a refresh. */
  void begin() {
    notBefore = nanos.getAsLong() + SHORTEST.toNanos();
  }

  /** Makes the next refresh wait for some time from now, a minute at most. */
  void pause(Duration time) {
    Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
    long until = nanos.getAsLong() + bounded.toNanos();
    if (until - notBefore > 0) {
      notBefore = until;
    }
  }
}
