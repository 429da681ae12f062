package dev.countersign.mcp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether the URI of a resource is spelt in the one way that nobody can read as another URI: as it
 * is after the normalization of RFC 3986 section 6.2, and without what some servers take for a
 * slash. Only such a URI is compared with patterns.
 */
final class ResourceUri {

  private static final int MAX_LENGTH = 8192;

  // gen-delims / sub-delims of RFC 3986 section 2.2 but for "?" and "#", and the marks of
  // unreserved
  private static final String MARKS = ":/[]@!$&'()*+,;=-._~";

  private ResourceUri() {}

  /** The parts between the slashes: scheme with colon, nothing, authority, path. */
  static List<String> segments(String uri) {
    return Arrays.asList(uri.split("/", -1));
  }

  static boolean isNormal(String uri) {
    return uri.length() <= MAX_LENGTH
        && hasPlainScheme(uri)
        && hasPlainCharacters(uri)
        && hasPlainSegments(segments(uri));
  }

  // scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ), in lower case
  private static boolean hasPlainScheme(String uri) {
    int colon = uri.indexOf(':');
    for (int at = 0; at < colon; at++) {
      char c = uri.charAt(at);
      if (!(c >= 'a' && c <= 'z')
          && (at == 0 || !((c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0))) {
        return false;
      }
    }
    return colon > 0;
  }

  static boolean hasPlainSegments(List<String> segments) {
    // hier-part = "//" authority path-abempty
    boolean hierarchical =
        segments.size() > 2
            && segments.get(1).isEmpty()
            && segments.get(0).indexOf(':') == segments.get(0).length() - 1;
    for (int at = 0; at < segments.size(); at++) {
      String segment = segments.get(at);
      if (segment.isEmpty() && !(hierarchical && at <= 2)) {
        return false;
      }
      if (isDots(at == 0 ? segment.substring(segment.indexOf(':') + 1) : segment)) {
        return false;
      }
    }
    return !hierarchical || isPlainAuthority(segments.get(0), segments.get(2));
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static boolean isPlainAuthority(String scheme, String authority) {
    return authority.indexOf('%') < 0
        && authority.equals(authority.toLowerCase(Locale.ROOT))
        && !authority.endsWith(":")
        && !(scheme.equals("http:") && authority.endsWith(":80"))
        && !(scheme.equals("https:") && authority.endsWith(":443"));
  }

  private static boolean hasPlainCharacters(String uri) {
    for (int at = 0; at < uri.length(); at++) {
      char c = uri.charAt(at);
      if (c == '%') {
        if (at + 2 >= uri.length() || !isNeeded(uri.charAt(at + 1), uri.charAt(at + 2))) {
          return false;
        }
        at += 2;
      } else if (!isLetterOrDigit(c) && MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  // pct-encoded = "%" HEXDIG HEXDIG, in upper case and only where the octet cannot stand by itself.
  // What becomes a slash, a backslash, a control character or another "%" is read in two ways.
  private static boolean isNeeded(char high, char low) {
    String digits = "0123456789ABCDEF";
    if (digits.indexOf(high) < 0 || digits.indexOf(low) < 0) {
      return false;
    }
    char octet = (char) (digits.indexOf(high) * 16 + digits.indexOf(low));
    return octet > 0x1F
        && octet != 0x7F
        && "/\\%-._~".indexOf(octet) < 0
        && !isLetterOrDigit(octet);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
