package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A document, or a part of one, as characters. Decoded before it is parsed: the tokenizer takes
 * overlong forms, and guesses UTF-16. Immutable.
 */
final class JsonCharacters {

  private final char[] array;
  private final int start;
  private final int end;
  private final boolean surrogates;

  private JsonCharacters(char[] array, int start, int end, boolean surrogates) {
    this.array = array;
    this.start = start;
    this.end = end;
    this.surrogates = surrogates;
  }

  static JsonCharacters decode(byte[] utf8) throws JsonException {
    CharBuffer text = isAscii(utf8) ? widened(utf8) : decoded(utf8);
    // Most texts have neither.
    boolean surrogates = text.length() != utf8.length || hasEscape(utf8);
    return new JsonCharacters(text.array(), 0, text.length(), surrogates);
  }

  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte one : bytes) {
      all |= one;
    }
    return all >= 0;
  }

  private static CharBuffer widened(byte[] ascii) {
    char[] array = new char[ascii.length];
    for (int at = 0; at < ascii.length; at++) {
      array[at] = (char) ascii[at];
    }
    return CharBuffer.wrap(array);
  }

  private static CharBuffer decoded(byte[] utf8) throws JsonException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(utf8);
    CharBuffer out = CharBuffer.allocate(utf8.length);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isUnderflow()) {
      throw new JsonException("expected UTF-8", in.position());
    }
    return out.flip();
  }

  // "\" may stand behind another one, which makes no difference here.
  private static boolean hasEscape(byte[] utf8) {
    for (int at = 1; at < utf8.length; at++) {
      if (utf8[at] == 'u' && utf8[at - 1] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** Whether it has such characters, or escapes, which can stand for them. */
  boolean mayHaveSurrogates() {
    return surrogates;
  }

  /** From one position to another one, exclusive. */
  JsonCharacters part(int from, int to) {
    return new JsonCharacters(array, start + from, start + to, surrogates);
  }

  JsonParser parser() throws IOException {
    return Json.FACTORY.createParser(array, start, end - start);
  }
}
