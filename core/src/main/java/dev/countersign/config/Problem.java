package dev.countersign.config;

/**
 * One thing that is wrong with a configuration. Immutable.
 *
 * @param setting the key of the setting; empty if what was given has none
 * @param value what was given; empty if nothing was
 * @param place where it was given; empty for a builder call
 * @param expectation what was expected instead
 */
public record Problem(String setting, String value, String place, String expectation) {

  /**
   * The problem as an operator reads it.
   *
   * @return what, value, place and expectation on two lines
   */
  @Override
  public String toString() {
    String where = place.isEmpty() ? "" : " (" + place + ")";
    return what() + where + ":\n  " + expectation;
  }

  private String what() {
    String quoted = "\"" + printable(value) + "\"";
    if (setting.isEmpty()) {
      return quoted;
    }
    String state = place.isEmpty() && value.isEmpty() ? "not set" : "empty";
    return "setting \"" + printable(setting) + "\" is " + (value.isBlank() ? state : quoted);
  }

  private static String printable(String text) {
    String capped = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    // A password can stand before the host of a URL.
    return capped
        .replaceAll("//[^/?#@]*@", "//[hidden]@")
        .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
