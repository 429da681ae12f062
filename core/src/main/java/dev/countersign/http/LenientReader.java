package dev.countersign.http;

import java.util.List;

/** The pieces of a field value, read with tolerance: words, separators, values. Not thread-safe. */
final class LenientReader {

  private final String text;
  private final List<Finding> findings;
  private int at;
  private boolean separated = true;

  LenientReader(String text, List<Finding> findings) {
    this.text = text;
    this.findings = findings;
  }

  String text() {
    return text;
  }

  int at() {
    return at;
  }

  /** Whether a comma or a semicolon, or the beginning, precedes the element that is being read. */
  boolean isSeparated() {
    return separated;
  }

  /** Skips commas, blanks, and semicolons; false at the end. */
  boolean skipSeparators() {
    int semicolon = -1;
    separated = at == 0;
    while (at < text.length() && ",; \t".indexOf(text.charAt(at)) >= 0) {
      separated |= !Grammar.isBlank(text.charAt(at));
      semicolon = semicolon < 0 && text.charAt(at) == ';' ? at : semicolon;
      at++;
    }
    if (semicolon >= 0) {
      note(LintCode.SEMICOLON, semicolon, "");
    }
    return at < text.length();
  }

  /** What stands before the next blank, comma, semicolon, equals sign or quote. */
  String word() {
    int start = at;
    while (at < text.length() && " \t,;=\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** The text between two places; the position moves to the second. */
  String take(int start, int end) {
    at = end;
    return text.substring(start, end);
  }

  /** Skips a value that belongs to nothing, and returns how it begins. */
  String skipStray() {
    int start = at;
    at += text.charAt(at) == '=' ? 1 : 0;
    if (at < text.length() && text.charAt(at) == '"') {
      int closing = text.indexOf('"', at + 1);
      at = closing < 0 ? text.length() : closing + 1;
    } else {
      word();
    }
    return text.substring(start, start + 1);
  }

  boolean isBeforeEquals() {
    int next = at;
    while (next < text.length() && Grammar.isBlank(text.charAt(next))) {
      next++;
    }
    return next < text.length() && text.charAt(next) == '=';
  }

  /** Skips the blanks behind a scheme; true if one is a space. */
  boolean skipBlanksAfterScheme() {
    int start = at;
    skipBlanks();
    String blanks = text.substring(start, at);
    boolean followed = at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ';';
    if ((followed && blanks.length() != 1) || blanks.indexOf('\t') >= 0) {
      note(LintCode.SPACES_AFTER_SCHEME, start, "");
    }
    return blanks.indexOf(' ') >= 0;
  }

  /** BWS "=" BWS and the value of an auth-param of that name, which begins at {@code start}. */
  String value(String name, int start) {
    boolean blanks = skipBlanks();
    at++;
    blanks |= skipBlanks();
    if (blanks) {
      note(LintCode.BLANKS_AROUND_EQUALS, start, name);
    }
    String value = value(name);
    if (value.isEmpty()) {
      note(LintCode.EMPTY_VALUE, start, name);
    }
    return value;
  }

  private String value(String name) {
    char c = at < text.length() ? text.charAt(at) : ',';
    if (c == '"') {
      return quoted();
    }
    int closing = c == '\'' ? text.indexOf('\'', at + 1) : -1;
    if (closing > 0
        && (closing + 1 == text.length() || ",; \t".indexOf(text.charAt(closing + 1)) >= 0)) {
      note(LintCode.SINGLE_QUOTES, at, name);
      int open = at;
      String value = take(open + 1, closing);
      at++;
      return repaired(value, open);
    }
    int start = at;
    while (at < text.length() && ",; \t\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return unquoted(name, text.substring(start, at), start);
  }

  private String unquoted(String name, String value, int start) {
    if (!value.isEmpty() && !Grammar.isToken(value)) {
      note(LintCode.UNQUOTED_VALUE, start, name);
    } else if (name.equalsIgnoreCase("realm")) {
      note(LintCode.UNQUOTED_REALM, start, name);
    }
    return repaired(value, start);
  }

  // quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE
  private String quoted() {
    int open = at++;
    boolean pairs = false;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        pairs = true;
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (pairs) {
      note(LintCode.QUOTED_PAIR, open, "");
    }
    if (at < text.length()) {
      at++;
      return repaired(value.toString(), open);
    }
    note(LintCode.UNTERMINATED_QUOTE, open, "");
    return repaired(value.toString().strip(), open);
  }

  // RFC 9110 section 5.5: a recipient replaces CR, LF and NUL with SP, or rejects the message.
  private String repaired(String value, int start) {
    if (value.chars().allMatch(Grammar::isSendable)) {
      return value;
    }
    boolean legal = value.chars().allMatch(Grammar::isQuotable);
    note(legal ? LintCode.NOT_ASCII : LintCode.ILLEGAL_CHARACTER, start, "");
    StringBuilder repaired = new StringBuilder(value.length());
    value.chars().forEach(c -> repaired.append(Grammar.isQuotable(c) ? (char) c : ' '));
    return repaired.toString();
  }

  private boolean skipBlanks() {
    int start = at;
    while (at < text.length() && Grammar.isBlank(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  private void note(LintCode code, int position, String detail) {
    findings.add(new Finding(code, position, Excerpt.of(detail)));
  }
}
