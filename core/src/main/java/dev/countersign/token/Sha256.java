package dev.countersign.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256 as it stands in tokens and proofs: base64url without padding. */
final class Sha256 {

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private Sha256() {}

  static String base64Url(byte[] bytes) {
    try {
      return URL.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static String base64Url(String text) {
    return base64Url(text.getBytes(StandardCharsets.UTF_8));
  }
}
