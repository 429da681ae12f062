package dev.countersign.oauth;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The identifier of a protected resource (RFC 9728 section 1.2, RFC 8707 section 2): an absolute
 * https URI without fragment, the URL that users give to their MCP client. Immutable.
 *
 * <p>Scheme and host are kept in lower case and a default port is left out, because that is how
 * clients write a URL; everything else is kept byte for byte. Identifiers with the same text are
 * equal.
 */
public final class ResourceIdentifier {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private final String origin;
  private final String path;
  private final String query;
  private final String text;
  private final String comparable;

  private ResourceIdentifier(String origin, String path, String query) {
    this.origin = origin;
    this.path = path;
    this.query = query;
    this.text = origin + path + query;
    this.comparable = comparable(text);
  }

  /**
   * Reads an identifier.
   *
   * @param text the identifier
   * @return the identifier, scheme and host in lower case
   * @throws IllegalArgumentException if it is not an absolute https URI in ASCII, or has a
   *     fragment, user information, a port beyond 65535 or a host that ends in a dot; the message
   *     says what was expected
   */
  public static ResourceIdentifier parse(String text) {
    return parse(text, false);
  }

  /**
   * Reads an identifier for development: plain http is allowed if the host is the loopback.
   *
   * @param text the identifier
   * @return the identifier
   * @throws IllegalArgumentException as {@link #parse(String)}
   */
  public static ResourceIdentifier parseAllowingHttpOnLoopback(String text) {
    return parse(text, true);
  }

  private static ResourceIdentifier parse(String text, boolean httpOnLoopback) {
    URI uri = absolute(text);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (scheme.equals("http") && !(httpOnLoopback && isLoopback(host))) {
      throw new IllegalArgumentException(
          "the scheme must be https (RFC 9728 section 1.2); plain http only on the loopback, with"
              + " allow-http-on-loopback=true");
    }
    boolean defaultPort = uri.getPort() == (scheme.equals("https") ? 443 : 80);
    String port = uri.getPort() < 0 || defaultPort ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new ResourceIdentifier(scheme + "://" + host + port, uri.getRawPath(), query);
  }

  private static URI absolute(String text) {
    URI uri;
    try {
      uri = new URI(withAsciiHost(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected an absolute https URI: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("expected an absolute https URI with a host");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("a fragment is not allowed (RFC 8707 section 2)");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("user information is not allowed");
    }
    if (uri.getHost().endsWith(".") || uri.getPort() > 0xFFFF) {
      throw new IllegalArgumentException(
          "expected a host without a dot at its end, and a port up to 65535");
    }
    if (!isAscii(uri.toString())) {
      throw new IllegalArgumentException(
          "path and query must be ASCII; percent-encode other characters");
    }
    return uri;
  }

  // A host outside ASCII is written as A-labels (RFC 5890); the rest of the text is left alone.
  private static String withAsciiHost(String text) {
    int start = text.indexOf("://");
    if (start < 0) {
      return text;
    }
    int end = start + 3;
    while (end < text.length() && "/?#:".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String host = text.substring(start + 3, end);
    if (isAscii(host)) {
      return text;
    }
    return text.substring(0, start + 3) + IDN.toASCII(host) + text.substring(end);
  }

  /**
   * Whether a host is the loopback by its spelling; nothing is looked up.
   *
   * @param host the host of a URI, in lower case, an IPv6 address with its brackets
   * @return true for {@code localhost}, {@code 127.x.y.z} and {@code [::1]}
   */
  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  /**
   * Scheme, host and port.
   *
   * @return the origin (RFC 6454 section 6.1), without a slash
   */
  public String origin() {
    return origin;
  }

  /**
   * The raw path.
   *
   * @return the path as configured; empty if the identifier ends with the host
   */
  public String path() {
    return path;
  }

  /**
   * The path of the metadata document on the origin: the well-known string put between host and
   * path (RFC 9728 section 3.1). A slash that directly follows the host is removed first.
   *
   * @return the raw path, without query
   */
  public String metadataPath() {
    return WELL_KNOWN + (path.equals("/") ? "" : path);
  }

  /**
   * The URL of the metadata document.
   *
   * @return the absolute URL that challenges carry as {@code resource_metadata}
   */
  public String metadataUrl() {
    return origin + metadataPath() + query;
  }

  /**
   * Whether a query is part of the identifier, which RFC 9728 section 1.2 advises against.
   *
   * @return true if there is one
   */
  public boolean hasQuery() {
    return !query.isEmpty();
  }

  /**
   * Whether an audience names this resource: the same code points, once scheme and host are in
   * lower case, a default port is left out and an empty path is a slash. No prefix, no decoding, no
   * other tolerance.
   *
   * @param audience one value of {@code aud}
   * @return true if it is this resource
   */
  public boolean isNamedBy(String audience) {
    return comparable.equals(comparable(audience));
  }

  private static boolean isAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) >= 128) {
        return false;
      }
    }
    return true;
  }

  // Works on the text instead of a parsed URI, so that nothing is decoded or repaired on the way.
  private static String comparable(String uri) {
    int authority = uri.indexOf("://") + 3;
    // Lower case of a letter outside ASCII can be inside: U+212A becomes k.
    if (authority < 3 || !isAscii(uri)) {
      return uri;
    }
    int end = authority;
    while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
      end++;
    }
    String front = uri.substring(0, end).toLowerCase(Locale.ROOT);
    String defaultPort =
        front.startsWith("https://") ? ":443" : front.startsWith("http://") ? ":80" : "none";
    if (front.endsWith(defaultPort)) {
      front = front.substring(0, front.length() - defaultPort.length());
    }
    String rest = uri.substring(end);
    return front + (rest.startsWith("/") ? rest : "/" + rest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceIdentifier identifier && text.equals(identifier.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /**
   * The identifier as it stands in the metadata document.
   *
   * @return the absolute URI
   */
  @Override
  public String toString() {
    return text;
  }
}
