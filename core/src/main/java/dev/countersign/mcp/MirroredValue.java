package dev.countersign.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text that a field repeats from the body (MCP 2026-07-28, Streamable HTTP, value encoding).
 */
final class MirroredValue {

  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private static final Pattern OWS = Pattern.compile("^[ \\t]+|[ \\t]+$");

  // field-vchar of ASCII, SP and HTAB
  private static final Pattern PLAIN = Pattern.compile("[\\t\\x20-\\x7E]*");

  private MirroredValue() {}

  /**
   * What a field line says.
   *
   * @param line its value as received
   * @param mayBeEncoded whether this field has the encoded form as well
   * @return empty if no client may write it like that
   */
  static Optional<String> decode(String line, boolean mayBeEncoded) {
    String value = OWS.matcher(line).replaceAll("");
    if (!PLAIN.matcher(value).matches()) {
      return Optional.empty();
    }
    // encoded-value = "=?base64?" base64 "?=" ; the marks with regard to case
    boolean encoded =
        mayBeEncoded
            && value.length() >= PREFIX.length() + SUFFIX.length()
            && value.startsWith(PREFIX)
            && value.endsWith(SUFFIX);
    return encoded
        ? base64(value.substring(PREFIX.length(), value.length() - SUFFIX.length()))
        : Optional.of(value);
  }

  private static Optional<String> base64(String text) {
    try {
      byte[] utf8 = Base64.getDecoder().decode(text);
      // One spelling for each value: the decoder takes missing padding and stray bits.
      return Base64.getEncoder().encodeToString(utf8).equals(text)
          ? Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString())
          : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
