package dev.countersign.mcp;

import java.util.ArrayList;
import java.util.List;

/**
 * Which URIs a rule is for, segment by segment. Immutable.
 *
 * @param segments literal ones, and {@link #VARIABLE} for one of any text
 * @param below whether one or more segments of any text follow
 */
record UriPattern(List<String> segments, boolean below) {

  /** No literal segment looks like this. */
  static final String VARIABLE = "{}";

  private static final int MAX_SEGMENTS = 32;

  UriPattern {
    segments = List.copyOf(segments);
  }

  /** Whether a text is meant for more than the one URI of that text. */
  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('{') >= 0 || text.indexOf('}') >= 0;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is neither a URI in normal form nor one with variables
   *     or with everything below
   */
  static UriPattern parse(String text) {
    boolean below = text.endsWith("/*");
    List<String> segments = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (String segment :
        ResourceUri.segments(below ? text.substring(0, text.length() - 2) : text)) {
      boolean variable = isVariable(segment);
      segments.add(variable ? VARIABLE : segment);
      literal.append(segments.size() == 1 ? "" : "/").append(variable ? "x" : segment);
    }
    // The scheme alone, as in db:/*, has its slashes behind it.
    boolean star = literal.indexOf("*") >= 0;
    if (star
        || segments.size() > MAX_SEGMENTS
        || isVariable(segments.get(0))
        || !ResourceUri.isNormal(
            below && isScheme(segments) ? literal + "/x" : literal.toString())) {
      throw new IllegalArgumentException(
          "expected a URI in normal form (RFC 3986 section 6.2) without query and fragment, at most"
              + " 32 segments, a whole {variable} in the place of any, * only as /* at the end");
    }
    return new UriPattern(segments, below);
  }

  private static boolean isScheme(List<String> segments) {
    return segments.size() == 2 && segments.get(1).isEmpty();
  }

  private static boolean isVariable(String segment) {
    return segment.length() > 2
        && segment.startsWith("{")
        && segment.endsWith("}")
        && segment.indexOf('{', 1) < 0
        && segment.indexOf('}') == segment.length() - 1;
  }

  /** Whether one URI only is meant. */
  boolean isExact() {
    return !below && !segments.contains(VARIABLE);
  }

  /** Which URIs both patterns are for, given that there are some. Both are of the same kind. */
  UriPattern and(UriPattern other) {
    boolean isLonger = segments.size() >= other.segments.size();
    List<String> longer = isLonger ? segments : other.segments;
    List<String> shorter = isLonger ? other.segments : segments;
    List<String> both = new ArrayList<>(longer);
    for (int at = 0; at < shorter.size(); at++) {
      if (both.get(at).equals(VARIABLE)) {
        both.set(at, shorter.get(at));
      }
    }
    return new UriPattern(both, below);
  }

  /** The pattern, with every variable by the same name. */
  @Override
  public String toString() {
    return String.join("/", segments) + (below ? "/*" : "");
  }
}
