package dev.countersign.agent.adapter.helidon;

/** The parts of a request target as it was received (RFC 9112 section 3.2), nothing decoded. */
final class Target {

  private Target() {}

  /** The path: of an absolute URI only that part of it; {@code *} and an authority as they are. */
  static String path(String target) {
    String whole = withoutOrigin(target);
    int query = whole.indexOf('?');
    return query < 0 ? whole : whole.substring(0, query);
  }

  /** What stands behind the first question mark; empty without one. */
  static String query(String target) {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  // absolute-form = absolute-URI; one with an empty path means the root (RFC 9110 section 4.2.3).
  private static String withoutOrigin(String target) {
    int authority = target.indexOf("://");
    if (target.startsWith("/") || authority < 0 || beforeQuery(target) < authority) {
      return target;
    }
    int path = target.indexOf('/', authority + 3);
    int end = beforeQuery(target);
    return path < 0 || path > end ? "/" + target.substring(end) : target.substring(path);
  }

  private static int beforeQuery(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target.length() : query;
  }
}
