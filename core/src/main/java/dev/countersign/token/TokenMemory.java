package dev.countersign.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about tokens. Accepted and refused ones are kept apart, so that refused ones, of
 * which anybody can make any number, never displace an accepted one. What has expired, or stands on
 * a key that its issuer no longer has, is forgotten when it is asked for. Holds no token. Runs no
 * thread. Thread-safe.
 */
final class TokenMemory {

  /** No decision is older: a bound on how long claims stay in memory. */
  static final Duration LONGEST_ACCEPTED = Duration.ofMinutes(5);

  static final Duration LONGEST_REFUSED = Duration.ofSeconds(5);
  static final int MAX_REFUSED = 4096;

  // An entry, its key and its place in the map, without the claims; and what a character of the
  // token becomes when it is claims. Both measured.
  private static final int BASE_BYTES = 600;
  private static final int BYTES_PER_CHARACTER = 3;

  private record Accepted(Granted decision, Basis basis, Instant until, int bytes) {

    boolean holds(Instant now) {
      return now.isBefore(until) && basis.holds();
    }
  }

  private record Refused(Denied decision, Basis basis) {}

  private final Cache<TokenDigest, Accepted> accepted;
  private final Cache<TokenDigest, Refused> refused;

  /**
   * An empty memory.
   *
   * @param bytes how much the accepted tokens may take together, more than 0
   * @param nanos a clock that never jumps
   */
  TokenMemory(long bytes, LongSupplier nanos) {
    this.accepted =
        builder(LONGEST_ACCEPTED, nanos)
            .maximumWeight(bytes)
            .weigher((TokenDigest key, Accepted one) -> one.bytes())
            .build();
    this.refused = builder(LONGEST_REFUSED, nanos).maximumSize(MAX_REFUSED).build();
  }

  // Housekeeping runs on the thread that caused it: there is none to end, and none to leak a class
  // loader.
  private static Caffeine<Object, Object> builder(Duration life, LongSupplier nanos) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .ticker(nanos::getAsLong)
        .expireAfterWrite(life);
  }

  /** What was decided, if it still holds; null if nothing was. */
  @Nullable Decision find(TokenDigest key, Instant now) {
    Accepted known = accepted.getIfPresent(key);
    if (known != null) {
      if (known.holds(now)) {
        return known.decision();
      }
      accepted.asMap().remove(key, known);
    }
    return refusal(key);
  }

  private @Nullable Decision refusal(TokenDigest key) {
    Refused known = refused.getIfPresent(key);
    return known != null && known.basis().holds() ? known.decision() : null;
  }

  /**
   * Remembers an accepted token.
   *
   * @param key the token
   * @param decision the decision
   * @param basis what it stands on
   * @param until from when on it does not hold
   * @param characters the length of the token
   */
  void accept(TokenDigest key, Granted decision, Basis basis, Instant until, int characters) {
    int bytes = BASE_BYTES + BYTES_PER_CHARACTER * characters;
    accepted.put(key, new Accepted(decision, basis, until, bytes));
  }

  /** Remembers a refused token, for a shorter time. */
  void refuse(TokenDigest key, Denied decision, Basis basis) {
    refused.put(key, new Refused(decision, basis));
  }

  void clear() {
    accepted.invalidateAll();
    refused.invalidateAll();
  }

  /** The number of accepted tokens, after housekeeping. */
  long acceptedCount() {
    accepted.cleanUp();
    return accepted.estimatedSize();
  }

  /** The number of refused tokens, after housekeeping. */
  long refusedCount() {
    refused.cleanUp();
    return refused.estimatedSize();
  }

  /** How much the accepted tokens take, by the estimate that the bound is about. */
  long acceptedBytes() {
    accepted.cleanUp();
    return accepted.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }
}
