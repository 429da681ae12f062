package dev.countersign.token;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.ResourceIdentifier;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link TokenDigest}s for the cache of accepted tokens: SHA-256 over a salt of this object,
 * the resource and the whole token, with little garbage. Keeps nothing of a token. Thread-safe.
 */
final class Fingerprints {

  private static final int SHA256_BYTES = 32;

  // What is digested: salt (32 octets), length of the resource (4 octets), resource, token. No two
  // pairs are the same octets.
  private static final int LENGTH_AT = SHA256_BYTES;
  private static final int RESOURCE_AT = LENGTH_AT + Integer.BYTES;

  // More than threads run at the same time, on most machines.
  private static final int PLACES = 64;

  // Nobody can choose tokens that meet in one bucket, or recognise a token in a dump of the memory.
  private final byte[] salt = new byte[SHA256_BYTES];

  // A desk is in its place, or in use. Threads that meet at one place make another desk; of these
  // the one that comes back last stays.
  private final AtomicReferenceArray<@Nullable Desk> places = new AtomicReferenceArray<>(PLACES);

  Fingerprints() {
    new SecureRandom().nextBytes(salt);
  }

  /**
   * Stands for the token at the resource.
   *
   * @param resource the resource
   * @param token the token
   * @return equal for equal resource and token, and for nothing else
   */
  TokenDigest of(ResourceIdentifier resource, BearerToken token) {
    int place = (int) Thread.currentThread().getId() & (PLACES - 1);
    Desk known = places.getAndSet(place, null);
    Desk desk = known == null ? new Desk(salt) : known;
    try {
      return desk.digest(resource.toString(), token);
    } finally {
      places.setRelease(place, desk);
    }
  }

  /** What one computation needs. Used by one thread at a time; not bound to a thread. */
  private static final class Desk {

    private final MessageDigest sha256 = newSha256();
    private ByteBuffer input;

    Desk(byte[] salt) {
      this.input = ByteBuffer.wrap(Arrays.copyOf(salt, 2048));
    }

    // Both texts are ASCII.
    @SuppressWarnings("deprecation")
    TokenDigest digest(String resource, BearerToken token) {
      int tokenAt = RESOURCE_AT + resource.length();
      int end = tokenAt + token.length();
      if (input.capacity() < end) {
        input = ByteBuffer.wrap(Arrays.copyOf(input.array(), end));
      }
      byte[] bytes = input.array();
      input.putInt(LENGTH_AT, resource.length());
      resource.getBytes(0, resource.length(), bytes, RESOURCE_AT);
      token.copyTo(bytes, tokenAt);
      try {
        sha256.update(bytes, 0, end);
        sha256.digest(bytes, LENGTH_AT, SHA256_BYTES);
        input.position(LENGTH_AT);
        return new TokenDigest(input.getLong(), input.getLong(), input.getLong(), input.getLong());
      } catch (DigestException e) {
        throw new IllegalStateException("32 bytes hold a SHA-256", e);
      } finally {
        Arrays.fill(bytes, LENGTH_AT, end, (byte) 0);
      }
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
