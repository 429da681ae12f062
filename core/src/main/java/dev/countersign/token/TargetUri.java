package dev.countersign.token;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request without query and fragment, in the normal form of RFC 3986 sections 6.2.2
 * and 6.2.3, so that two spellings of it are equal (RFC 9449 section 4.3). Immutable.
 *
 * @param text the normal form
 */
record TargetUri(String text) {

  static final int MAX_LENGTH = 4096;

  // scheme "://" host [ ":" port ] path-abempty, without user information
  private static final Pattern URI =
      Pattern.compile(
          "(?<scheme>[A-Za-z]{1,16})://(?<host>[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{0,5}))?"
              + "(?<path>(/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*+)?)");
  private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** The normal form of a text; empty if it is no such URI. */
  static Optional<TargetUri> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher uri = URI.matcher(text);
    if (!uri.matches() || LONE_PERCENT.matcher(text).find()) {
      return Optional.empty();
    }
    String scheme = uri.group("scheme").toLowerCase(Locale.ROOT);
    String host = uri.group("host").toLowerCase(Locale.ROOT);
    String path = withoutDotSegments(decoded(uri.group("path")));
    return Optional.of(
        new TargetUri(scheme + "://" + host + port(scheme, uri.group("port")) + path));
  }

  private static String port(String scheme, @Nullable String port) {
    if (port == null || port.isEmpty()) {
      return "";
    }
    int number = Integer.parseInt(port);
    boolean usual =
        (scheme.equals("https") && number == 443) || (scheme.equals("http") && number == 80);
    return usual ? "" : ":" + number;
  }

  // unreserved characters stand as themselves, the others with upper case digits
  private static String decoded(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < path.length(); at++) {
      if (path.charAt(at) != '%') {
        text.append(path.charAt(at));
        continue;
      }
      char c = (char) Integer.parseInt(path.substring(at + 1, at + 3), 16);
      boolean unreserved = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      text.append(
          unreserved ? String.valueOf(c) : path.substring(at, at + 3).toUpperCase(Locale.ROOT));
      at += 2;
    }
    return text.toString();
  }

  // RFC 3986 section 5.2.4
  private static String withoutDotSegments(String path) {
    if (path.isEmpty()) {
      return "/";
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int at = 0; at < segments.length; at++) {
      boolean last = at == segments.length - 1;
      if (segments[at].equals("..")) {
        kept.pollLast();
      } else if (!segments[at].equals(".")) {
        kept.addLast(segments[at]);
        continue;
      }
      if (last) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
