package dev.countersign.oauth;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An access token as it was presented (RFC 6750 section 2.1), not yet judged. Prints as {@code
 * BearerToken[redacted]} and compares in constant time. Immutable.
 */
public final class BearerToken {

  // By the lower byte of a character: 0 for those of a token, 1 for others.
  private static final byte[] STRANGERS = strangers();

  // The token is what stands behind start. Nothing is cut out before somebody asks for the text: a
  // token that was judged a moment ago is known by its digest.
  private final String field;
  private final int start;

  private BearerToken(String field, int start) {
    this.field = field;
    this.start = start;
  }

  /**
   * Takes a text as a bearer token.
   *
   * @param text the text behind the scheme
   * @return the token
   * @throws IllegalArgumentException if the text is no b64token; the message does not hold the text
   */
  public static BearerToken of(String text) {
    BearerToken token = behind(text, 0);
    if (token == null) {
      throw new IllegalArgumentException("expected a b64token (RFC 6750 section 2.1)");
    }
    return token;
  }

  /** The token that stands in a field from this index on; null if that is no b64token. */
  static @Nullable BearerToken behind(String field, int start) {
    return isB64Token(field, start) ? new BearerToken(field, start) : null;
  }

  // b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
  // To the end without a branch: nearly every text is one, and each request brings one.
  private static boolean isB64Token(String text, int start) {
    int end = text.length();
    while (end > start && text.charAt(end - 1) == '=') {
      end--;
    }
    int strange = 0;
    for (int at = start; at < end; at++) {
      char c = text.charAt(at);
      strange |= STRANGERS[c & 0xFF] | c >>> 8;
    }
    return strange == 0 && end > start;
  }

  private static byte[] strangers() {
    byte[] strangers = new byte[256];
    for (char c = 0; c < strangers.length; c++) {
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      strangers[c] = (byte) (alphanumeric || "-._~+/".indexOf(c) >= 0 ? 0 : 1);
    }
    return strangers;
  }

  /**
   * The text, for a {@link dev.countersign.spi.TokenValidator} only: it must reach no log and no
   * other server.
   *
   * @return the b64token, a copy
   */
  public String text() {
    return field.substring(start);
  }

  /**
   * The length of the text.
   *
   * @return the number of characters, which are ASCII; at least 1
   */
  public int length() {
    return field.length() - start;
  }

  /**
   * Copies the text as ASCII, without making a text of it first.
   *
   * @param target where it is written to
   * @param offset the index of its first byte there
   * @throws IndexOutOfBoundsException if there is no room for {@link #length} bytes
   */
  // The one way from a text to bytes that makes no garbage. It drops the high byte of a char, of
  // which a b64token has none.
  @SuppressWarnings("deprecation")
  public void copyTo(byte[] target, int offset) {
    field.getBytes(start, field.length(), target, offset);
  }

  /**
   * Whether the text has the form of a JWT: three parts, of which the first begins like an object,
   * with a brace and a name or white space, in base64url (RFC 7515 section 7.1). A signature is not
   * needed: a token without one is refused as a JWT, and no server is asked about it.
   *
   * @return true if it is a JWT, good or bad
   */
  public boolean looksLikeJwt() {
    int first = field.indexOf('.', start);
    int second = field.indexOf('.', first + 1);
    return first > start + 1
        && second > first + 1
        && field.indexOf('.', second + 1) < 0
        && field.charAt(start) == 'e'
        && field.charAt(start + 1) >= 'w'
        && field.charAt(start + 1) <= 'z';
  }

  private byte[] ascii() {
    byte[] ascii = new byte[length()];
    copyTo(ascii, 0);
    return ascii;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BearerToken token && MessageDigest.isEqual(ascii(), token.ascii());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ascii());
  }

  @Override
  public String toString() {
    return "BearerToken[redacted]";
  }
}
