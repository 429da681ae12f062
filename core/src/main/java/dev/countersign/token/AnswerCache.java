package dev.countersign.token;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was decided about tokens a moment ago. Good and bad tokens are kept apart, so that bad ones,
 * of which anybody can make any number, never displace a good one. Holds no token. Thread-safe.
 */
final class AnswerCache {

  static final int MAX_ENTRIES = 10_000;
  static final long MAX_BYTES = 16L * 1024 * 1024;
  static final Duration LONGEST_NEGATIVE = Duration.ofSeconds(5);

  // An entry, its key and its place in the map, without the claims.
  private static final int BASE_BYTES = 512;

  // Text becomes objects: about this many times as much.
  private static final int BYTES_PER_BYTE = 6;

  /**
   * A decision and its end.
   *
   * @param decision the decision; empty if only that the token was good once is remembered
   * @param until the end by a clock that never jumps
   */
  private record Entry(Optional<Granted> decision, long until) {}

  private static final Entry PAST = new Entry(Optional.empty(), 0);

  private record Refusal(Denied decision, long until) {}

  private final Duration life;
  private final LongSupplier nanos;
  private final BoundedCache<Entry> good = new BoundedCache<>(MAX_ENTRIES, MAX_BYTES);
  private final BoundedCache<Refusal> bad =
      new BoundedCache<>(MAX_ENTRIES, (long) MAX_ENTRIES * BASE_BYTES);

  /**
   * An empty cache.
   *
   * @param life for how long a good token is kept at most; zero to keep nothing
   * @param nanos a clock that never jumps
   */
  AnswerCache(Duration life, LongSupplier nanos) {
    this.life = life;
    this.nanos = nanos;
  }

  /** What was decided, as long as that may be relied on. */
  Optional<Decision> find(TokenDigest key, Instant now) {
    Optional<Granted> granted = good.get(key).flatMap(entry -> decision(key, entry, now));
    return granted.isPresent()
        ? granted.map(Decision.class::cast)
        : bad.get(key).filter(refusal -> isAlive(refusal.until())).map(Refusal::decision);
  }

  private Optional<Granted> decision(TokenDigest key, Entry entry, Instant now) {
    if (entry.decision().isPresent() && !isAlive(entry, now)) {
      // What is known of the user goes; only that the token was good stays.
      good.replace(key, entry, PAST, BASE_BYTES);
      return Optional.empty();
    }
    return entry.decision();
  }

  // exp equal to now is expired: RFC 7519 section 4.1.4 says "on or after". The tolerance for
  // clocks
  // is not for the cache: the authorization server is asked again.
  private boolean isAlive(Entry entry, Instant now) {
    return isAlive(entry.until())
        && entry.decision().filter(it -> now.isBefore(it.accessToken().expiresAt())).isPresent();
  }

  private boolean isAlive(long until) {
    // A difference, because the clock may overflow.
    return until - nanos.getAsLong() > 0;
  }

  /** Whether the token was good when the authorization server was last asked. */
  boolean wasGood(TokenDigest key) {
    return good.get(key).isPresent();
  }

  /**
   * Remembers a good token.
   *
   * @param key the token
   * @param granted the decision
   * @param asked when the authorization server was asked, by {@code nanos}
   * @param bytes how long its answer was
   */
  void put(TokenDigest key, Granted granted, long asked, int bytes) {
    bad.remove(key);
    if (life.isZero()) {
      good.put(key, PAST, BASE_BYTES);
    } else {
      Entry entry = new Entry(Optional.of(granted), asked + life.toNanos());
      good.put(key, entry, BASE_BYTES + (long) BYTES_PER_BYTE * bytes);
    }
  }

  /**
   * Remembers a bad token, for a shorter time.
   *
   * @param key the token
   * @param denied the decision
   * @param asked when the authorization server was asked, by {@code nanos}
   */
  void put(TokenDigest key, Denied denied, long asked) {
    good.remove(key);
    Duration shorter = life.compareTo(LONGEST_NEGATIVE) < 0 ? life : LONGEST_NEGATIVE;
    if (!shorter.isZero()) {
      bad.put(key, new Refusal(denied, asked + shorter.toNanos()), BASE_BYTES);
    }
  }

  int goodEntries() {
    return good.size();
  }

  long goodBytes() {
    return good.bytes();
  }

  int badEntries() {
    return bad.size();
  }
}
