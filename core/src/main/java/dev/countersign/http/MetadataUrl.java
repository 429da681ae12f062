package dev.countersign.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code resource_metadata}, judged: can a client fetch the protected resource
 * metadata from there (RFC 9728 section 5.1)?
 *
 * @param uri the value as a URI; empty if it is none
 * @param problem why a client cannot use it, to be read behind the name; empty if it can
 * @param plainHttp whether the scheme {@code http} is the only problem
 */
record MetadataUrl(Optional<URI> uri, String problem, boolean plainHttp) {

  static MetadataUrl of(String value) {
    URI uri = parse(value);
    if (uri == null) {
      return new MetadataUrl(Optional.empty(), "is not a URI", false);
    }
    String problem = problem(uri);
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (problem.isEmpty() && http) {
      return new MetadataUrl(Optional.of(uri), "is not https", true);
    }
    return new MetadataUrl(Optional.of(uri), problem, false);
  }

  /** Whether a client can fetch it: https, or http where nobody is between. */
  boolean isUsable() {
    return problem.isEmpty() || (plainHttp && isLoopback());
  }

  boolean isLoopback() {
    return uri.map(URI::getHost).filter(MetadataUrl::isLoopbackHost).isPresent();
  }

  /** Scheme, host and port in lower case, without a default port; empty if there is no host. */
  static String origin(URI uri) {
    String scheme = uri.getScheme();
    String host = uri.getHost();
    if (scheme == null || host == null) {
      return "";
    }
    boolean defaultPort = uri.getPort() == (scheme.equalsIgnoreCase("https") ? 443 : 80);
    String port = uri.getPort() < 0 || defaultPort ? "" : ":" + uri.getPort();
    return (scheme + "://" + host).toLowerCase(Locale.ROOT) + port;
  }

  private static String problem(URI uri) {
    String scheme = uri.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      return "is not an absolute https URL";
    }
    if (uri.getHost() == null) {
      return "has no host";
    }
    if (uri.getRawUserInfo() != null) {
      return "has user information";
    }
    return uri.getRawFragment() != null ? "has a fragment" : "";
  }

  private static @Nullable URI parse(String value) {
    try {
      return isNqchars(value) ? new URI(value) : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isNqchars(String value) {
    for (int at = 0; at < value.length(); at++) {
      if (!Grammar.isNqchar(value.charAt(at))) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private static boolean isLoopbackHost(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }
}
