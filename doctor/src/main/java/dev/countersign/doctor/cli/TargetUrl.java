package dev.countersign.doctor.cli;

import java.net.URI;
import java.util.Locale;

/** The URL of a server as somebody types it, with what is wrong with it if it is none. */
final class TargetUrl {

  private TargetUrl() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with what was expected
   */
  static URI parse(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw wrong(text, "is no URL");
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      boolean forgotten = url.getScheme() == null || text.matches("[\\w.-]+:\\d+(/.*)?");
      throw wrong(
          text, forgotten ? "lacks its scheme; try https://" + text : "is neither https nor http");
    }
    if (url.getHost() == null) {
      throw wrong(text, "has no host");
    }
    if (url.getRawUserInfo() != null) {
      // A password may be among it.
      throw new IllegalArgumentException(
          "the URL has a user before the host, which MCP clients do not send");
    }
    if (url.getRawFragment() != null) {
      throw wrong(text, "has a fragment, which is sent to no server");
    }
    return url;
  }

  private static IllegalArgumentException wrong(String text, String what) {
    return new IllegalArgumentException("'" + text + "' " + what + " (expected https://host/path)");
  }
}
