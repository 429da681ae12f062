package dev.countersign.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of which DPoP nonces are made. Nodes with the same key take each other's nonces. Shows
 * nothing of itself. Immutable.
 */
public final class NonceKey {

  /** The least length of a key, in bytes. */
  public static final int MIN_BYTES = 32;

  private static final int MAX_BYTES = 4096;
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  private NonceKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, HMAC);
  }

  /**
   * A key that no other process has.
   *
   * @return 256 random bits
   */
  public static NonceKey random() {
    byte[] bytes = new byte[MIN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new NonceKey(bytes);
  }

  /**
   * Reads a key.
   *
   * @param file holds nothing but the key, {@value #MIN_BYTES} to 4096 bytes of any kind
   * @return the key
   * @throws IllegalArgumentException if the file cannot be read or has another length
   */
  public static NonceKey read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "expected a file of " + MIN_BYTES + " to " + MAX_BYTES + " random bytes");
      }
      return new NonceKey(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a file that can be read", e);
    }
  }

  byte[] authenticate(byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }

  @Override
  public String toString() {
    return "NonceKey[redacted]";
  }
}
