package dev.countersign.http;

/**
 * One thing that is wrong with a {@code WWW-Authenticate} field, or that a client will misread.
 * Immutable.
 *
 * @param code what it is
 * @param position the index of the place in the field lines, joined with a comma and a space
 * @param detail the scheme, the name of the auth-param or the character in question, printable; may
 *     be empty
 */
public record Finding(LintCode code, int position, String detail) {

  /**
   * The finding as a line for people.
   *
   * @return position, detail, and the sentence of the code
   */
  @Override
  public String toString() {
    return "at "
        + position
        + (detail.isEmpty() ? "" : " (" + detail + ")")
        + ": "
        + code.sentence();
  }
}
