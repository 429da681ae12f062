package dev.countersign.http;

/**
 * One field line of a message (RFC 9110 section 5.2): {@code WWW-Authenticate: Bearer …}.
 *
 * <p>A line break or NUL can be in neither part, so a field line never becomes two. Immutable.
 *
 * @param name the field name, a token, spelt as it is to be sent
 * @param value the field value: visible ASCII, space and tab, without white space at either end
 */
public record FieldLine(String name, String value) {

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if the name is no token or the value holds a character that a
   *     field value must not have
   */
  public FieldLine {
    if (!Grammar.isToken(name)) {
      throw new IllegalArgumentException("a field name must be a token (RFC 9110 section 5.1)");
    }
    if (!value.equals(value.strip())) {
      throw new IllegalArgumentException(
          "the value of " + name + " must not begin or end with white space");
    }
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw new IllegalArgumentException(
            "the value of " + name + " has an illegal character at " + at);
      }
    }
  }
}
