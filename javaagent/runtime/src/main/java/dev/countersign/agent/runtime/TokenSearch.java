package dev.countersign.agent.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what may be an access token in the head of a request. */
final class TokenSearch {

  /** A shorter text is no token: anybody could guess it (RFC 6749 section 10.10). */
  static final int SHORTEST = 20;

  private static final String BASIC = "Basic ";
  private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");

  private TokenSearch() {}

  /**
   * Asks about every text in the value of a field that may be a token: behind a scheme, in a
   * cookie, alone, or as the password of {@code Basic}.
   */
  static boolean anyInField(String value, Predicate<String> isToken) {
    return any(value, isToken)
        || (value.regionMatches(true, 0, BASIC, 0, BASIC.length())
            && any(decoded(value.substring(BASIC.length())), isToken));
  }

  /** The same for a query, in which some characters may be percent-encoded. */
  static boolean anyInQuery(String query, Predicate<String> isToken) {
    return !query.isEmpty()
        && any(
            ENCODED
                .matcher(query)
                .replaceAll(
                    one ->
                        Matcher.quoteReplacement(
                            Character.toString(Integer.parseInt(one.group(1), 16)))),
            isToken);
  }

  // b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
  // The padding says nothing, and in a cookie or a query the sign stands in front of a value.
  private static boolean any(String text, Predicate<String> isToken) {
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || !isTokenCharacter(text.charAt(at))) {
        if (at - start >= SHORTEST && isToken.test(text.substring(start, at))) {
          return true;
        }
        start = at + 1;
      }
    }
    return false;
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~+/".indexOf(c) >= 0;
  }

  private static String decoded(String credentials) {
    try {
      return new String(
          Base64.getDecoder().decode(credentials.strip()), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
