package dev.countersign.internal;

import dev.countersign.internal.JsonException.Fault;

/**
 * Where a reader is in a document, what stands between its values, and how much of it there may be.
 * Not thread-safe, used once.
 */
final class JsonCursor {

  private final byte[] utf8;
  private final int end;
  private final Json.Limits limits;
  private int at;
  private int values;
  // Of the outermost object, if the document is one.
  private String member = "";

  /**
   * At the beginning of a document.
   *
   * @param utf8 what it is in
   * @param start where it begins
   * @param end where it ends, exclusive
   */
  JsonCursor(byte[] utf8, int start, int end, Json.Limits limits) {
    this.utf8 = utf8;
    this.at = start;
    this.end = end;
    this.limits = limits;
  }

  byte[] utf8() {
    return utf8;
  }

  Json.Limits limits() {
    return limits;
  }

  int end() {
    return end;
  }

  int at() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  void enter(String outermostMember) {
    member = outermostMember;
  }

  // ws = *( %x20 / %x09 / %x0A / %x0D )
  private int next() {
    int here = at;
    for (; here < end; here++) {
      int one = utf8[here];
      if (one != ' ' && one != '\n' && one != '\r' && one != '\t') {
        at = here;
        return one;
      }
    }
    at = here;
    return -1;
  }

  /** Goes to the first byte of a value, and counts it. */
  int value() throws JsonException {
    int first = next();
    if (++values > limits.maxValues()) {
      throw fault("expected at most " + limits.maxValues() + " values, gave up");
    }
    return first;
  }

  /** The depth in an array or object that begins here; goes behind its first byte. */
  int open(int depth) throws JsonException {
    if (depth == limits.maxDepth()) {
      throw fault("expected a depth of at most " + limits.maxDepth() + ", gave up");
    }
    at++;
    return depth + 1;
  }

  /** Whether there is nothing in it; goes behind its last byte then. */
  boolean closesAtOnce(char close) {
    if (next() != close) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether another element or member follows; goes behind the comma, or behind the last byte. */
  boolean hasMore(char close) throws JsonException {
    int separator = next();
    if (separator != ',' && separator != close) {
      throw fault("expected a comma or the end");
    }
    at++;
    return separator == ',';
  }

  /** Goes to the quotation mark of a member name. */
  void name() throws JsonException {
    if (next() != '"') {
      throw fault("expected a member name");
    }
  }

  /** Goes behind the colon that follows a member name. */
  void colon() throws JsonException {
    if (next() != ':') {
      throw fault("expected a colon");
    }
    at++;
  }

  /** Goes behind one of the literals. */
  void literal(String name) throws JsonException {
    int behind = at + name.length();
    boolean same = behind <= end && (behind == end || !isWord(utf8[behind]));
    for (int i = 0; same && i < name.length(); i++) {
      same = utf8[at + i] == name.charAt(i);
    }
    if (!same) {
      throw fault("expected a value");
    }
    at = behind;
  }

  private static boolean isWord(byte one) {
    return one < 0 || Character.isLetterOrDigit(one) || one == '_';
  }

  void finish() throws JsonException {
    if (next() >= 0 || at < end) {
      throw fault("expected nothing behind the document");
    }
  }

  JsonException fault(String expected) {
    return fault(Fault.TEXT, expected);
  }

  JsonException fault(Fault fault, String expected) {
    // Characters of UTF-16: two for what takes four bytes, none for a byte in the middle.
    long position = 0;
    for (int i = 0; i < at; i++) {
      position += (utf8[i] & 0xC0) == 0x80 ? 0 : (utf8[i] & 0xF8) == 0xF0 ? 2 : 1;
    }
    return new JsonException(fault, expected, position, member);
  }
}
