package dev.countersign.token;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Seconds since 1970 (RFC 7519 section 2), whole or with a fraction. */
final class NumericDate {

  // The end of the year 9999. What is beyond is a mistake, milliseconds for the most part.
  private static final long LATEST = 253_402_300_799L;

  private NumericDate() {}

  static boolean isOne(Object value) {
    if (value instanceof Long seconds) {
      return seconds >= 0 && seconds <= LATEST;
    }
    return value instanceof BigDecimal seconds
        && seconds.signum() >= 0
        && seconds.compareTo(BigDecimal.valueOf(LATEST)) <= 0;
  }

  /** The instant, a fraction cut off: never later than stated. */
  static Instant floor(Object date) {
    return whole(date, RoundingMode.FLOOR);
  }

  /** The instant, a fraction made full: never earlier than stated. */
  static Instant ceiling(Object date) {
    return whole(date, RoundingMode.CEILING);
  }

  private static Instant whole(Object date, RoundingMode rounding) {
    return Instant.ofEpochSecond(
        date instanceof BigDecimal seconds
            ? seconds.setScale(0, rounding).longValueExact()
            : (Long) date);
  }
}
