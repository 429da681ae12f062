package dev.countersign.agent.runtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of a request line (RFC 9112 section 3.2) in its raw parts, for servers that show it as
 * one text. Nothing is decoded. Immutable.
 *
 * @param path the path; the whole target if it is an asterisk or an authority
 * @param query the query without the question mark; empty if there is none
 * @param authority host and port of an absolute target
 */
public record RequestTarget(String path, String query, Optional<String> authority) {

  // absolute-form: scheme "://" authority, up to the path or the query.
  private static final Pattern ABSOLUTE =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?]*)(.*)", Pattern.DOTALL);

  /**
   * Takes a target apart.
   *
   * @param target the target as received
   * @return its path and its query
   */
  public static RequestTarget of(String target) {
    if (target.startsWith("/")) {
      return of(target, Optional.empty());
    }
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches()) {
      return of(target, Optional.empty());
    }
    // An absolute target without a path means the root (RFC 9112 section 3.2.1).
    String local = absolute.group(2);
    return of(local.startsWith("/") ? local : "/" + local, Optional.of(absolute.group(1)));
  }

  private static RequestTarget of(String local, Optional<String> authority) {
    int question = local.indexOf('?');
    return question < 0
        ? new RequestTarget(local, "", authority)
        : new RequestTarget(local.substring(0, question), local.substring(question + 1), authority);
  }
}
