package dev.countersign.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * An access token as it was presented (RFC 6750 section 2.1), not yet judged. Prints as {@code
 * BearerToken[redacted]} and compares in constant time. Immutable.
 */
public final class BearerToken {

  private final String text;

  private BearerToken(String text) {
    this.text = text;
  }

  /**
   * Takes a text as a bearer token.
   *
   * @param text the text behind the scheme
   * @return the token
   * @throws IllegalArgumentException if the text is no b64token; the message does not hold the text
   */
  public static BearerToken of(String text) {
    if (!isB64Token(text)) {
      throw new IllegalArgumentException("expected a b64token (RFC 6750 section 2.1)");
    }
    return new BearerToken(text);
  }

  // b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
  static boolean isB64Token(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int at = 0; at < end; at++) {
      char c = text.charAt(at);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "-._~+/".indexOf(c) < 0) {
        return false;
      }
    }
    return end > 0;
  }

  /**
   * The text, for a {@link dev.countersign.spi.TokenValidator} only: it must reach no log and no
   * other server.
   *
   * @return the b64token
   */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BearerToken token
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.US_ASCII),
            token.text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "BearerToken[redacted]";
  }
}
