package dev.countersign.http;

/**
 * The character classes that challenges are made of: RFC 9110 sections 5.6 and 11.2, RFC 6749
 * section 3.3, RFC 6750 section 3. One table look-up each.
 */
final class Grammar {

  private static final int TCHAR = 1;
  private static final int TOKEN68 = 2;
  private static final int NQCHAR = 4;

  private static final byte[] CLASSES = new byte[128];

  static {
    for (char c = 0; c < 128; c++) {
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean visible = c > ' ' && c < 0x7F;
      // tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|"
      //       / "~" / DIGIT / ALPHA
      add(TCHAR, c, alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
      // token68 = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
      add(TOKEN68, c, alphanumeric || "-._~+/".indexOf(c) >= 0);
      // NQCHAR = %x21 / %x23-5B / %x5D-7E
      add(NQCHAR, c, visible && c != '"' && c != '\\');
    }
  }

  private Grammar() {}

  private static void add(int charClass, char c, boolean member) {
    if (member) {
      CLASSES[c] |= (byte) charClass;
    }
  }

  private static boolean is(int charClass, int c) {
    return c < 128 && (CLASSES[c] & charClass) != 0;
  }

  static boolean isTchar(int c) {
    return is(TCHAR, c);
  }

  // token = 1*tchar
  static boolean isToken(String text) {
    return !text.isEmpty() && firstOutside(TCHAR, text, 0) == text.length();
  }

  // token68 = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
  static boolean isToken68(String text) {
    int padding = firstOutside(TOKEN68, text, 0);
    int end = padding;
    while (end < text.length() && text.charAt(end) == '=') {
      end++;
    }
    return padding > 0 && end == text.length();
  }

  /**
   * Where the token68 ends that begins at a place, if it is a whole list element, with a comma or
   * the end of the text behind it. Otherwise the place itself: then it is the name of an
   * auth-param.
   */
  static int endOfToken68Element(String text, int from) {
    int end = firstOutside(TOKEN68, text, from);
    if (end == from) {
      return from;
    }
    while (end < text.length() && text.charAt(end) == '=') {
      end++;
    }
    int next = end;
    while (next < text.length() && isBlank(text.charAt(next))) {
      next++;
    }
    return next == text.length() || text.charAt(next) == ',' ? end : from;
  }

  // OWS = *( SP / HTAB )
  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  /**
   * What can stand in a quoted-string, plain or behind a backslash, when it is received.
   *
   * <pre>
   * qdtext      = HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text
   * quoted-pair = "\" ( HTAB / SP / VCHAR / obs-text )
   * obs-text    = %x80-FF
   * </pre>
   */
  static boolean isQuotable(int c) {
    return c < 0x7F ? c >= ' ' || c == '\t' : c >= 0x80 && c <= 0xFF;
  }

  /** What can stand in a quoted-string that is sent: the same without obs-text. */
  static boolean isSendable(int c) {
    return c < 0x7F && (c >= ' ' || c == '\t');
  }

  static boolean isNqchar(int c) {
    return is(NQCHAR, c);
  }

  // NQSCHAR = %x20-21 / %x23-5B / %x5D-7E
  static boolean isNqschar(int c) {
    return c == ' ' || isNqchar(c);
  }

  // scope-token = 1*NQCHAR
  static boolean isScopeToken(String text) {
    return !text.isEmpty() && firstOutside(NQCHAR, text, 0) == text.length();
  }

  private static int firstOutside(int charClass, String text, int from) {
    int at = from;
    while (at < text.length() && is(charClass, text.charAt(at))) {
      at++;
    }
    return at;
  }
}
