package dev.countersign.agent.runtime;

import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Credentials;
import dev.countersign.spi.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows again the tokens that came in lately, on whatever thread. Keeps digests with a salt of this
 * object, no tokens. The newest {@value #KEPT} tokens are known for an hour after their last
 * request at least, none for more than two. Thread-safe; takes a lock only when a generation ends.
 */
final class IncomingTokens {

  /** How many tokens are known at least; at most twice as many are. */
  static final int KEPT = 16_384;

  static final Duration LIFE = Duration.ofHours(1);

  private static final Set<AuthScheme> SCHEMES = Set.of(AuthScheme.values());

  private record Digest(long first, long second) {}

  /** What came in since an instant, and what had come in before that. */
  private record Generations(Set<Digest> young, Set<Digest> old, long since) {}

  private final int maxTokenLength;
  private final LongSupplier nanos;
  private final byte[] salt = new byte[32];
  private volatile Generations generations;

  /**
   * No tokens.
   *
   * @param maxTokenLength a longer one is none
   * @param nanos a clock that never jumps
   */
  IncomingTokens(int maxTokenLength, LongSupplier nanos) {
    this.maxTokenLength = maxTokenLength;
    this.nanos = nanos;
    new SecureRandom().nextBytes(salt);
    this.generations = new Generations(none(), none(), nanos.getAsLong());
  }

  private static Set<Digest> none() {
    return ConcurrentHashMap.newKeySet();
  }

  /** The token that a request brings, good or bad. */
  Optional<String> presented(Exchange exchange) {
    return Credentials.from(exchange.headers("Authorization"), maxTokenLength, SCHEMES)
            instanceof Credentials.Presented presented
        ? Optional.of(presented.token()).map(BearerToken::text)
        : Optional.empty();
  }

  /** Remembers the token of a request that the application gets. */
  void add(String token) {
    Digest digest = digest(token);
    Set<Digest> young = current().young();
    if (!young.contains(digest)) {
      young.add(digest);
    }
  }

  /** Whether a text is a token that is remembered. */
  boolean contains(String text) {
    Generations now = current();
    if (now.young().isEmpty() && now.old().isEmpty()) {
      return false;
    }
    Digest digest = digest(text);
    return now.young().contains(digest) || now.old().contains(digest);
  }

  private Generations current() {
    Generations now = generations;
    return isOver(now) ? next() : now;
  }

  private boolean isOver(Generations now) {
    return now.young().size() >= KEPT || age(now) >= LIFE.toNanos();
  }

  private long age(Generations now) {
    return nanos.getAsLong() - now.since();
  }

  private synchronized Generations next() {
    Generations now = generations;
    long age = age(now);
    if (age >= 2 * LIFE.toNanos()) {
      generations = new Generations(none(), none(), nanos.getAsLong());
    } else if (age >= LIFE.toNanos()) {
      // As if somebody had asked in time.
      generations = new Generations(none(), now.young(), now.since() + LIFE.toNanos());
    } else if (isOver(now)) {
      generations = new Generations(none(), now.young(), nanos.getAsLong());
    }
    return generations;
  }

  // Half of a SHA-256 is more than enough where nobody knows the salt.
  private Digest digest(String token) {
    int end = token.length();
    while (end > 0 && token.charAt(end - 1) == '=') {
      end--;
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      ByteBuffer result =
          ByteBuffer.wrap(
              sha256.digest(token.substring(0, end).getBytes(StandardCharsets.ISO_8859_1)));
      return new Digest(result.getLong(), result.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
