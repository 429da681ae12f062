package dev.countersign.token;

import dev.countersign.oauth.BearerToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The three parts of a JWS in compact serialization (RFC 7515 section 7.1), decoded. One token has
 * one text: no padding, no foreign character, no bits that do not count. Immutable.
 */
final class CompactJws {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] SEXTETS = sextets();

  private final byte[] text;
  private final String headerText;
  private final int signedLength;
  private final byte[] payload;
  private final byte[] signature;

  private CompactJws(byte[] text, int firstDot, int secondDot) {
    this.text = text;
    this.headerText = new String(text, 0, firstDot, StandardCharsets.ISO_8859_1);
    this.signedLength = secondDot;
    this.payload = decode(text, firstDot + 1, secondDot);
    this.signature = decode(text, secondDot + 1, text.length);
  }

  /** The parts of a text; empty if it is anything but three canonical parts, none of them empty. */
  static Optional<CompactJws> parse(String token) {
    // A character outside Latin-1 becomes a question mark, which is as foreign.
    return parse(token.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The parts of a token, as {@link #parse(String)}. */
  static Optional<CompactJws> parse(BearerToken token) {
    byte[] text = new byte[token.length()];
    token.copyTo(text, 0);
    return parse(text);
  }

  // BASE64URL(UTF8(JWS Protected Header)) || '.' || BASE64URL(JWS Payload) || '.' || BASE64URL(JWS
  // Signature)
  private static Optional<CompactJws> parse(byte[] text) {
    int first = endOfPart(text, 0);
    int second = endOfPart(text, first + 1);
    boolean canonical =
        isDot(text, first)
            && isDot(text, second)
            && endOfPart(text, second + 1) == text.length
            && isCanonical(text, 0, first)
            && isCanonical(text, first + 1, second)
            && isCanonical(text, second + 1, text.length);
    return canonical ? Optional.of(new CompactJws(text, first, second)) : Optional.empty();
  }

  private static int endOfPart(byte[] text, int from) {
    int at = from;
    while (at < text.length && SEXTETS[text[at] & 0xFF] >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isDot(byte[] text, int at) {
    return at < text.length && text[at] == '.';
  }

  // base64url without padding (RFC 7515 section 2), at least one byte, unused bits zero (RFC 4648
  // section 3.5)
  private static boolean isCanonical(byte[] text, int from, int to) {
    int rest = (to - from) % 4;
    if (from == to || rest == 1) {
      return false;
    }
    int unused = rest == 2 ? 0x0F : rest == 3 ? 0x03 : 0;
    return (SEXTETS[text[to - 1]] & unused) == 0;
  }

  private static byte[] sextets() {
    byte[] sextets = new byte[256];
    Arrays.fill(sextets, (byte) -1);
    for (int value = 0; value < ALPHABET.length(); value++) {
      sextets[ALPHABET.charAt(value)] = (byte) value;
    }
    return sextets;
  }

  private static byte[] decode(byte[] text, int from, int to) {
    return Base64.getUrlDecoder().decode(ByteBuffer.wrap(text, from, to - from)).array();
  }

  /** The first part as it was received. */
  String headerText() {
    return headerText;
  }

  byte[] header() {
    return decode(text, 0, headerText.length());
  }

  byte[] payload() {
    return payload;
  }

  byte[] signature() {
    return signature;
  }

  /** The signing input, {@code header.payload} as it was received. */
  ByteBuffer signingInput() {
    return ByteBuffer.wrap(text, 0, signedLength);
  }
}
