package dev.countersign.token;

import java.util.Locale;

/** Says to the operator in what two issuer identifiers differ. */
final class IssuerDifference {

  private static final int SHOWN = 200;

  private IssuerDifference() {}

  /**
   * Describes the difference.
   *
   * @param configured the issuer as configured
   * @param found another issuer, from outside
   * @return one line of printable ASCII
   */
  static String describe(String configured, String found) {
    return "its issuer is \""
        + printable(found)
        + "\" and not \""
        + printable(configured)
        + "\": "
        + hint(configured, found)
        + " (RFC 8414 section 3.3)";
  }

  private static String hint(String configured, String found) {
    if (found.equals(configured + "/")) {
      return "configure it with a slash at the end";
    }
    if (configured.equals(found + "/")) {
      return "configure it without the slash at the end";
    }
    if (configured.toLowerCase(Locale.ROOT).equals(found.toLowerCase(Locale.ROOT))) {
      return "they differ in upper and lower case";
    }
    return "they must be identical";
  }

  // The text is from outside and goes into logs.
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().limit(SHOWN).forEach(c -> shown.append(c > ' ' && c < 0x7F ? (char) c : '?'));
    return shown + (text.length() > SHOWN ? "..." : "");
  }
}
