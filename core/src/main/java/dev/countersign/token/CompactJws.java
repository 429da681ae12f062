package dev.countersign.token;

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
  private final int signedLength;
  private final byte[] header;
  private final byte[] payload;
  private final byte[] signature;

  private CompactJws(byte[] text, int firstDot, int secondDot) {
    this.text = text;
    this.signedLength = secondDot;
    this.header = decode(text, 0, firstDot);
    this.payload = decode(text, firstDot + 1, secondDot);
    this.signature = decode(text, secondDot + 1, text.length);
  }

  /** The parts of a text; empty if it is anything but three canonical parts, none of them empty. */
  // BASE64URL(UTF8(JWS Protected Header)) || '.' || BASE64URL(JWS Payload) || '.' || BASE64URL(JWS
  // Signature)
  static Optional<CompactJws> parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return Optional.empty();
    }
    // A character outside Latin-1 becomes a question mark, which is as foreign.
    byte[] text = token.getBytes(StandardCharsets.ISO_8859_1);
    boolean canonical =
        isCanonical(text, 0, first)
            && isCanonical(text, first + 1, second)
            && isCanonical(text, second + 1, text.length);
    return canonical ? Optional.of(new CompactJws(text, first, second)) : Optional.empty();
  }

  // base64url without padding (RFC 7515 section 2), at least one byte, unused bits zero (RFC 4648
  // section 3.5)
  private static boolean isCanonical(byte[] text, int from, int to) {
    int foreign = 0;
    for (int at = from; at < to; at++) {
      foreign |= SEXTETS[text[at] & 0xFF];
    }
    int rest = (to - from) % 4;
    if (from == to || foreign < 0 || rest == 1) {
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

  byte[] header() {
    return header;
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
