package dev.countersign.token;

import dev.countersign.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where the metadata of an issuer may point for keys. */
final class KeyLocation {

  static final String PROBLEM =
      "jwks_uri is missing, is no https URL, or is on another host than the issuer; a URL on another host"
          + " must be named with jwks-uri";

  private KeyLocation() {}

  /**
   * The key location that a document names.
   *
   * @param issuer the issuer
   * @param metadata its metadata
   * @return the URL if it is on the host of the issuer and as secure as the issuer itself must be
   */
  static Optional<URI> of(TrustedIssuer issuer, AuthorizationServerMetadata metadata) {
    return metadata.jwksUri().flatMap(KeyLocation::parse).filter(uri -> isAllowed(issuer, uri));
  }

  static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static boolean isAllowed(TrustedIssuer issuer, URI uri) {
    URI home = URI.create(issuer.issuer());
    boolean secure =
        "https".equals(uri.getScheme())
            || (issuer.httpOnLoopback() && "http".equals(uri.getScheme()));
    return secure && home.getHost().equalsIgnoreCase(uri.getHost()) && uri.getRawUserInfo() == null;
  }
}
