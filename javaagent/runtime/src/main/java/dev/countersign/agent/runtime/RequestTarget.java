package dev.countersign.agent.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of a request line (RFC 9112 section 3.2) in its raw parts, for servers that show it as
 * one text. Nothing is decoded. Immutable.
 *
 * @param path the path; the whole target if it is an asterisk or an authority
 * @param query the query without the question mark; empty if there is none
 */
public record RequestTarget(String path, String query) {

  // absolute-form: scheme "://" authority, up to the path or the query.
  private static final Pattern ABSOLUTE =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?]*(.*)", Pattern.DOTALL);

  /**
   * Takes a target apart.
   *
   * @param target the target as received
   * @return its path and its query
   */
  public static RequestTarget of(String target) {
    String local = target.startsWith("/") ? target : withoutAuthority(target);
    int question = local.indexOf('?');
    return question < 0
        ? new RequestTarget(local, "")
        : new RequestTarget(local.substring(0, question), local.substring(question + 1));
  }

  // An absolute target without a path means the root (RFC 9112 section 3.2.1).
  private static String withoutAuthority(String target) {
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches()) {
      return target;
    }
    String local = absolute.group(1);
    return local.startsWith("/") ? local : "/" + local;
  }
}
