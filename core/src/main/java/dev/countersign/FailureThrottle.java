package dev.countersign;

import dev.countersign.oauth.BearerError;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts bad credentials for each source and minute. A source with too many is answered 429 to
 * everything that carries credentials, until the minute is over; requests without any are answered
 * as ever. Sources share a fixed number of counters. Thread-safe; takes no lock.
 */
final class FailureThrottle {

  static final Decision DENIED = new Decision.Denied(Denial.TOO_MANY_FAILURES, "");

  private static final int SLOTS = 4096;
  private static final Set<BearerError> FAILURES =
      Set.of(
          BearerError.INVALID_TOKEN, BearerError.INVALID_REQUEST, BearerError.INVALID_DPOP_PROOF);

  private final int limit;
  private final RequestSources sources;
  private final InstantSource clock;

  // So that nobody can choose whom to share a counter with.
  private final long seed = new SecureRandom().nextLong();

  // The minute in the upper half, the count in the lower.
  private final AtomicLongArray counters = new AtomicLongArray(SLOTS);

  /**
   * Nothing has been counted.
   *
   * @param limit how many a minute are let through; 0 for all
   * @param sources tells sources apart; a request whose source nobody knows is never held up
   * @param clock the time
   */
  FailureThrottle(int limit, RequestSources sources, InstantSource clock) {
    this.limit = limit;
    this.sources = sources;
    this.clock = clock;
  }

  boolean isExceeded(Exchange exchange) {
    if (limit == 0 || exchange.headers("Authorization").isEmpty()) {
      return false;
    }
    String source = sources.of(exchange);
    long counted = source.isEmpty() ? 0 : counters.get(slot(source));
    return counted >>> 32 == minute() && (counted & 0xFFFF_FFFFL) >= limit;
  }

  Judgement counted(Exchange exchange, Judgement judgement) {
    if (limit > 0
        && judgement.decision() instanceof Decision.Denied denied
        && denied.why().error().filter(FAILURES::contains).isPresent()) {
      String source = sources.of(exchange);
      if (!source.isEmpty()) {
        count(slot(source), minute());
      }
    }
    return judgement;
  }

  private void count(int slot, long minute) {
    counters.updateAndGet(slot, old -> old >>> 32 == minute ? old + 1 : minute << 32 | 1);
  }

  private long minute() {
    return clock.instant().getEpochSecond() / 60;
  }

  private int slot(String source) {
    long mixed = (Long.parseUnsignedLong(source, 16) ^ seed) * 0x9E3779B97F4A7C15L;
    return (int) ((mixed ^ mixed >>> 32) & (SLOTS - 1));
  }
}
