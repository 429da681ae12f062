package dev.countersign.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Stands for one token at one resource in a cache: 256 bits, all of which are compared, always in
 * the same time. Immutable.
 */
record TokenDigest(long first, long second, long third, long fourth) {

  /** Makes digests that mean nothing outside this object. Thread-safe. */
  static final class Maker {

    // Nobody can choose tokens that meet in one bucket, or recognise a token in a dump of the
    // memory.
    private final byte[] salt;
    private final byte[] issuer;

    Maker(String issuer) {
      this(issuer, new byte[32]);
      new SecureRandom().nextBytes(salt);
    }

    Maker(String issuer, byte[] salt) {
      this.salt = salt;
      this.issuer = issuer.getBytes(StandardCharsets.UTF_8);
    }

    TokenDigest of(String resource, String token) {
      MessageDigest sha256 = sha256();
      sha256.update(salt);
      add(sha256, issuer);
      add(sha256, resource.getBytes(StandardCharsets.UTF_8));
      add(sha256, token.getBytes(StandardCharsets.UTF_8));
      ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
      return new TokenDigest(
          digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    // With its length in front, so that no two triples have the same text.
    private static void add(MessageDigest digest, byte[] part) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
      digest.update(part);
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JVM has SHA-256", e);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenDigest digest
        && ((first ^ digest.first)
                | (second ^ digest.second)
                | (third ^ digest.third)
                | (fourth ^ digest.fourth))
            == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public String toString() {
    return "TokenDigest";
  }
}
