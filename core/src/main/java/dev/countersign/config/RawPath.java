package dev.countersign.config;

/** What can be said of a raw path without knowing which server will route it. */
public final class RawPath {

  private RawPath() {}

  /**
   * Whether servers disagree about where a raw path leads: it has an encoded or non-ASCII
   * character, a path parameter, a backslash, an empty segment or a dot segment.
   *
   * @param path the path as received
   * @return true if the path must not be taken at its word
   */
  public static boolean isAmbiguous(String path) {
    if (!path.startsWith("/") || path.contains("//")) {
      return true;
    }
    for (int at = 0; at < path.length(); at++) {
      char c = path.charAt(at);
      if (c <= ' ' || c > '~' || c == '%' || c == ';' || c == '\\' || c == '?' || c == '#') {
        return true;
      }
    }
    return (path + "/").contains("/./") || (path + "/").contains("/../");
  }
}
