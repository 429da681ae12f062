package dev.countersign.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes {@link TokenDigest}s for the cache of accepted tokens: SHA-256 over a salt of this object,
 * the resource and the whole token, with little garbage. Keeps nothing of a token. Thread-safe.
 */
final class Fingerprints {

  private static final int SHA256_BYTES = 32;

  /** What one computation needs. Used by one thread at a time; not bound to a thread. */
  private static final class Desk {

    private final MessageDigest sha256 = newSha256();
    private final ByteBuffer result = ByteBuffer.allocate(SHA256_BYTES);
    private byte[] text = new byte[2048];
  }

  // Nobody can choose tokens that meet in one bucket, or recognise a token in a dump of the memory.
  private final byte[] salt = new byte[SHA256_BYTES];

  // Never holds more than were in use at the same time.
  private final Queue<Desk> idle = new ConcurrentLinkedQueue<>();

  Fingerprints() {
    new SecureRandom().nextBytes(salt);
  }

  /**
   * Stands for the token at the resource.
   *
   * @param resource the resource identifier
   * @param token a text in ASCII
   * @return equal for equal resource and token, and for nothing else
   */
  TokenDigest of(String resource, String token) {
    Desk known = idle.poll();
    Desk desk = known == null ? new Desk() : known;
    try {
      return digest(desk, resource, token);
    } finally {
      idle.offer(desk);
    }
  }

  // salt (32 octets), length of the resource (4 octets), resource, token: no two pairs are the same
  // octets.
  private TokenDigest digest(Desk desk, String resource, String token) {
    byte[] place = resource.getBytes(StandardCharsets.UTF_8);
    int length = token.length();
    if (desk.text.length < length) {
      desk.text = new byte[length];
    }
    copyAscii(token, desk.text);
    try {
      desk.sha256.update(salt);
      desk.sha256.update(desk.result.clear().putInt(0, place.length).limit(Integer.BYTES));
      desk.sha256.update(place);
      desk.sha256.update(desk.text, 0, length);
      desk.sha256.digest(desk.result.array(), 0, SHA256_BYTES);
      ByteBuffer digest = desk.result.clear();
      return new TokenDigest(
          digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    } catch (DigestException e) {
      throw new IllegalStateException("32 bytes hold a SHA-256", e);
    } finally {
      Arrays.fill(desk.text, 0, length, (byte) 0);
    }
  }

  // The one way from a text to bytes that makes no garbage. It drops the high byte of a char, of
  // which a b64token has none (RFC 6750 section 2.1).
  @SuppressWarnings("deprecation")
  private static void copyAscii(String text, byte[] target) {
    text.getBytes(0, text.length(), target, 0);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
