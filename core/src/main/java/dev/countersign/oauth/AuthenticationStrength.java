package dev.countersign.oauth;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How, and how long ago, the user behind a token must have logged in (RFC 9470 section 3).
 * Immutable.
 *
 * @param acrValues the authentication context class references that are good enough, the preferred
 *     one first; empty if any is
 * @param maxAge how long ago the login may have been, in whole seconds; empty if it does not matter
 */
public record AuthenticationStrength(List<String> acrValues, Optional<Duration> maxAge) {

  /** Any login is strong enough. */
  public static final AuthenticationStrength ANY =
      new AuthenticationStrength(List.of(), Optional.empty());

  // The end of the year 9999. What is beyond is a mistake, milliseconds for the most part.
  private static final long LATEST = 253_402_300_799L;

  /** Copies the list. */
  public AuthenticationStrength {
    acrValues = List.copyOf(acrValues);
  }

  /**
   * Whether nothing is demanded.
   *
   * @return true if every token is strong enough
   */
  public boolean isAny() {
    return acrValues.isEmpty() && maxAge.isEmpty();
  }

  /**
   * What satisfies both: the values that are in both lists, and the shorter time. If the lists have
   * no value in common, the other one's stand, which is the more special.
   *
   * @param other the other demand
   * @return the combination, to be named in a challenge
   */
  public AuthenticationStrength and(AuthenticationStrength other) {
    List<String> common = other.acrValues.stream().filter(acrValues::contains).toList();
    List<String> values = other.acrValues.isEmpty() ? acrValues : other.acrValues;
    Optional<Duration> age =
        maxAge.isPresent() && other.maxAge.isPresent()
            ? Optional.of(shorter(maxAge.get(), other.maxAge.get()))
            : maxAge.or(other::maxAge);
    return new AuthenticationStrength(common.isEmpty() ? values : common, age);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /**
   * Whether a token is strong enough, by its {@code acr} and {@code auth_time} (RFC 9068 section
   * 2.2.1). A claim that is missing or has another type is not good enough.
   *
   * @param claims the claims of a validated token
   * @param now the time
   * @param skew by how much clocks may differ
   * @return true if both demands are met
   */
  public boolean isMetBy(Map<String, Object> claims, Instant now, Duration skew) {
    boolean context =
        acrValues.isEmpty() || (claims.get("acr") instanceof String acr && acrValues.contains(acr));
    return context && (maxAge.isEmpty() || isRecent(claims.get("auth_time"), now, skew));
  }

  private boolean isRecent(@Nullable Object time, Instant now, Duration skew) {
    if (!(time instanceof Long) && !(time instanceof BigDecimal)) {
      return false;
    }
    BigDecimal seconds = time instanceof BigDecimal number ? number : new BigDecimal((Long) time);
    if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(LATEST)) > 0) {
      return false;
    }
    Instant login = Instant.ofEpochSecond(seconds.longValue());
    return !login.isAfter(now.plus(skew))
        && !now.isAfter(login.plus(maxAge.orElse(Duration.ZERO)).plus(skew));
  }
}
