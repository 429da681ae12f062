package dev.countersign.http;

import java.util.List;
import java.util.Locale;

/**
 * What is legal in a value and yet misread by clients that search the field instead of parsing it:
 * quotes and backslashes (they do not unescape), commas (they split there), and text that looks
 * like an auth-param that they search for.
 */
final class Misreadable {

  /** The names that clients search for, in whatever text they find them. */
  private static final List<String> SEARCHED = List.of("scope", "error", "resource_metadata");

  private Misreadable() {}

  /**
   * Whether a search for {@code scope=}, {@code error=} or the like would stop inside this value.
   */
  static boolean isBait(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    for (String name : SEARCHED) {
      if (lower.contains(name + '=')) {
        return true;
      }
    }
    return false;
  }

  /** Whether a search for {@code scope=} or the like would stop at the end of this name. */
  static boolean endsLikeSearched(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SEARCHED.stream().anyMatch(searched -> lower.endsWith(searched));
  }

  /** Whether every client reads this value as it is, wherever it stands. */
  static boolean isPlain(String value) {
    return firstOf("\",\\=", value) < 0;
  }

  /** The index of the first character of the value that is one of these, or -1. */
  static int firstOf(String characters, String value) {
    for (int at = 0; at < value.length(); at++) {
      if (characters.indexOf(value.charAt(at)) >= 0) {
        return at;
      }
    }
    return -1;
  }
}
