package dev.countersign.internal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The strings of a document whose bytes are known to be UTF-8. Not thread-safe. */
final class JsonText {

  private static final long ONES = 0x0101010101010101L;
  private static final long SPACES = ' ' * ONES;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private static final int ESCAPE = 2;
  private static final int NUMERIC_ESCAPE = 6;

  private final JsonCursor cursor;
  private final byte[] utf8;
  private int start;
  private boolean escaped;

  JsonText(JsonCursor cursor) {
    this.cursor = cursor;
    this.utf8 = cursor.utf8();
  }

  /** Reads the string at whose first quotation mark the cursor is. */
  String read(int maxLength) throws JsonException {
    skip(maxLength);
    return decode(start, end());
  }

  /** Checks the string at whose first quotation mark the cursor is, and goes behind it. */
  void skip(int maxLength) throws JsonException {
    start = cursor.at() + 1;
    escaped = false;
    int here = ordinaryUntil(start);
    while (here < cursor.end() && utf8[here] == '\\') {
      escaped = true;
      here = ordinaryUntil(behindEscape(here));
    }
    cursor.moveTo(here);
    if (here == cursor.end() || utf8[here] != '"') {
      throw cursor.fault("expected the end of a text");
    }
    // There are never more characters than bytes.
    if (here - start > maxLength && decode(start, here).length() > maxLength) {
      throw cursor.fault("expected a text of at most " + maxLength + " characters, gave up");
    }
    cursor.moveTo(here + 1);
  }

  /** Where the last string begins, behind its quotation mark. */
  int start() {
    return start;
  }

  /** Where the last string ends, exclusive. */
  int end() {
    return cursor.at() - 1;
  }

  /** Whether there is an escape in the last string. */
  boolean isEscaped() {
    return escaped;
  }

  // unescaped = %x20-21 / %x23-5B / %x5D-10FFFF
  private int ordinaryUntil(int from) {
    int here = from;
    for (; here <= cursor.end() - Long.BYTES; here += Long.BYTES) {
      long special = special(Utf8.eight(utf8, here));
      if (special != 0) {
        return here + Long.numberOfTrailingZeros(special) / Byte.SIZE;
      }
    }
    while (here < cursor.end() && !isSpecial(utf8[here])) {
      here++;
    }
    return here;
  }

  private static boolean isSpecial(byte one) {
    return one == '"' || one == '\\' || (one >= 0 && one < ' ');
  }

  // The highest bit of a byte is set if it is special. A borrow can set others too, but only behind
  // the first of them.
  private static long special(long eight) {
    long quote = eight ^ QUOTES;
    long backslash = eight ^ BACKSLASHES;
    return (((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((eight - SPACES) & ~eight))
        & Utf8.HIGH_BITS;
  }

  // escape = "\" ( %x22 / "\" / "/" / "b" / "f" / "n" / "r" / "t" / "u" 4HEXDIG )
  private int behindEscape(int backslash) throws JsonException {
    int letter = backslash + 1 < cursor.end() ? utf8[backslash + 1] : -1;
    if (letter == 'u') {
      return behindCharacter(backslash);
    }
    if ("\"\\/bfnrt".indexOf(letter) < 0) {
      throw broken(backslash);
    }
    return backslash + ESCAPE;
  }

  // A lone surrogate has no UTF-8 form, so that two readers would see different strings.
  private int behindCharacter(int backslash) throws JsonException {
    int unit = codeUnit(backslash);
    if (unit < 0) {
      throw broken(backslash);
    }
    int behind = backslash + NUMERIC_ESCAPE;
    if (!Character.isSurrogate((char) unit)) {
      return behind;
    }
    boolean pair =
        Character.isHighSurrogate((char) unit)
            && behind + 1 < cursor.end()
            && utf8[behind] == '\\'
            && utf8[behind + 1] == 'u'
            && Character.isLowSurrogate((char) Math.max(0, codeUnit(behind)));
    if (!pair) {
      cursor.moveTo(backslash);
      throw cursor.fault("expected surrogates in pairs");
    }
    return behind + NUMERIC_ESCAPE;
  }

  private JsonException broken(int backslash) {
    cursor.moveTo(backslash);
    return cursor.fault("expected an escape of JSON");
  }

  /** The number of a numeric escape; negative if it has not four digits. */
  private int codeUnit(int backslash) {
    int digits = backslash + ESCAPE;
    int end = backslash + NUMERIC_ESCAPE;
    int unit = end <= cursor.end() ? 0 : -1;
    for (int at = digits; unit >= 0 && at < end; at++) {
      boolean digit = HexFormat.isHexDigit(utf8[at]);
      unit = digit ? (unit << 4) | HexFormat.fromHexDigit(utf8[at]) : -1;
    }
    return unit;
  }

  /** Makes a string that was checked before. */
  String decode(int from, int to) {
    int backslash = backslash(from, to);
    if (backslash == to) {
      return plain(from, to);
    }
    StringBuilder text = new StringBuilder(to - from);
    int here = from;
    while (backslash < to) {
      text.append(plain(here, backslash)).append(escapedCharacter(backslash));
      here = backslash + (utf8[backslash + 1] == 'u' ? NUMERIC_ESCAPE : ESCAPE);
      backslash = backslash(here, to);
    }
    return text.append(plain(here, to)).toString();
  }

  private int backslash(int from, int to) {
    int here = from;
    while (here < to && utf8[here] != '\\') {
      here++;
    }
    return here;
  }

  private String plain(int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  private char escapedCharacter(int backslash) {
    byte letter = utf8[backslash + 1];
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) codeUnit(backslash);
      default -> (char) letter;
    };
  }
}
