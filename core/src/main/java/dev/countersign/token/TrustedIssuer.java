package dev.countersign.token;

import dev.countersign.oauth.ResourceIdentifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An authorization server whose tokens are accepted, and what is accepted of it. The defaults are
 * those of RFC 9068; every relaxation is named, holds for this issuer alone, and shows in {@link
 * #toString}. Immutable.
 *
 * @param issuer the issuer identifier (RFC 8414 section 2); tokens and metadata must carry it byte
 *     for byte
 * @param jwksUri where the keys are; empty to find them through the metadata of the issuer, where
 *     only a URL on the host of the issuer is accepted
 * @param algorithms the algorithms that its tokens may be signed with, at least one
 * @param acceptPlainJwt whether the issuer does not follow RFC 9068: {@code typ} may be absent or
 *     {@code JWT}, and {@code client_id}, {@code iat} and {@code jti} may be absent. ID tokens stay
 *     refused
 * @param audienceAliases further values of {@code aud}, exact, that stand for the resource
 * @param exclusiveAudience whether a token for any other audience beside the resource is refused
 * @param scopeClaims the claims that may hold the scope. In {@code scope} it is a string, in any
 *     other a string or an array of strings
 * @param clientIdClaims the claims that may hold the client; the first that is there counts
 * @param maximumAge how old a token may be by its {@code iat}, which must then be there; zero for
 *     no limit
 * @param maximumLifetime how long a token may live from its {@code iat}, which must then be there,
 *     to its {@code exp}, inclusive; zero for no limit
 * @param httpOnLoopback whether issuer and keys may be on the loopback, also by plain http; for
 *     development
 * @param privateAddresses whether issuer and keys may be at addresses that are not public
 * @param issuerAliases further values of {@code iss}, exact, in tokens that the same keys sign
 * @param binding what ties a token to the resource beside {@code aud}
 * @param shape in what its tokens look different from RFC 9068
 */
public record TrustedIssuer(
    String issuer,
    Optional<URI> jwksUri,
    Set<SignatureAlgorithm> algorithms,
    boolean acceptPlainJwt,
    Set<String> audienceAliases,
    boolean exclusiveAudience,
    List<String> scopeClaims,
    List<String> clientIdClaims,
    Duration maximumAge,
    Duration maximumLifetime,
    boolean httpOnLoopback,
    boolean privateAddresses,
    Set<String> issuerAliases,
    AudienceBinding binding,
    TokenShape shape) {

  // Claims that say what a token is; those of other resources have them too.
  private static final Set<String> CLAIMS_OF_ANY_RESOURCE = Set.of("token_use", "typ", "ver");

  /** RS256, PS256, ES256, EdDSA, Ed25519. */
  public static final Set<SignatureAlgorithm> DEFAULT_ALGORITHMS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of(
                  SignatureAlgorithm.RS256,
                  SignatureAlgorithm.PS256,
                  SignatureAlgorithm.ES256,
                  SignatureAlgorithm.EDDSA,
                  SignatureAlgorithm.ED25519)));

  static List<String> defaultScopeClaims(boolean acceptPlainJwt) {
    return acceptPlainJwt ? List.of("scope", "scp") : List.of("scope");
  }

  static List<String> defaultClientIdClaims(boolean acceptPlainJwt) {
    return acceptPlainJwt ? List.of("client_id", "azp") : List.of("client_id");
  }

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a component is not as described; the message says what was
   *     expected
   */
  public TrustedIssuer {
    requireUrl("the issuer", issuer, httpOnLoopback);
    if (URI.create(issuer).getRawQuery() != null) {
      throw new IllegalArgumentException("the issuer must have no query (RFC 8414 section 2)");
    }
    if (jwksUri.isPresent()) {
      requireUrl("jwks-uri", jwksUri.get().toString(), httpOnLoopback);
    }
    algorithms = ordered(algorithms);
    audienceAliases = ordered(audienceAliases);
    scopeClaims = List.copyOf(scopeClaims);
    clientIdClaims = List.copyOf(clientIdClaims);
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException("expected at least one algorithm");
    }
    if (audienceAliases.contains("") || audienceAliases.contains("*")) {
      throw new IllegalArgumentException("an audience is an exact value; there is no wildcard");
    }
    if (maximumAge.isNegative()) {
      throw new IllegalArgumentException("the maximum age must not be negative");
    }
    if (maximumLifetime.isNegative()) {
      throw new IllegalArgumentException("the maximum lifetime must not be negative");
    }
    issuerAliases = ordered(issuerAliases);
    for (String alias : issuerAliases) {
      requireUrl("an issuer alias", alias, httpOnLoopback);
    }
    if (issuerAliases.contains(issuer)) {
      throw new IllegalArgumentException("an issuer alias is another spelling than the issuer");
    }
    if (!binding.extraAudiences().isEmpty() && !exclusiveAudience) {
      throw new IllegalArgumentException("extra-audiences needs exclusive-audience");
    }
    if (binding.absentAudience() && !hasSecondBinding(binding, shape)) {
      throw new IllegalArgumentException(
          "absent-audience needs binding-scopes, or required-claims of this resource alone");
    }
  }

  static boolean hasSecondBinding(AudienceBinding binding, TokenShape shape) {
    return !binding.bindingScopes().isEmpty()
        || !CLAIMS_OF_ANY_RESOURCE.containsAll(shape.requiredClaims().keySet());
  }

  /**
   * Every {@code iss} that its tokens may have.
   *
   * @return the issuer, then its aliases
   */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(issuer));
    names.addAll(issuerAliases);
    return names;
  }

  private static <T> Set<T> ordered(Collection<T> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.copyOf(values)));
  }

  static void requireUrl(String what, String text, boolean httpOnLoopback) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(what + " must be an absolute https URL");
    }
    String host = uri.getHost();
    if (host == null || host.endsWith(".") || !isVisible(text)) {
      throw new IllegalArgumentException(what + " must be an absolute https URL with a plain host");
    }
    boolean http = httpOnLoopback && ResourceIdentifier.isLoopback(host.toLowerCase(Locale.ROOT));
    if (!("https".equals(uri.getScheme()) || (http && "http".equals(uri.getScheme())))) {
      throw new IllegalArgumentException(
          what
              + " must be https; plain http only on the loopback, with"
              + " allow-http-on-loopback=true");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(what + " must have neither user information nor fragment");
    }
  }

  private static boolean isVisible(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) <= ' ' || text.charAt(at) >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  /**
   * An issuer with the defaults of RFC 9068, its keys found through its metadata.
   *
   * @param issuer the issuer identifier
   * @return the issuer
   * @throws IllegalArgumentException if it is no https URL, or has a query or fragment
   */
  public static TrustedIssuer of(String issuer) {
    return builder(issuer).build();
  }

  /**
   * Begins an issuer.
   *
   * @param issuer the issuer identifier, exactly as its tokens and metadata say it
   * @return a builder with the defaults of RFC 9068
   */
  public static TrustedIssuerBuilder builder(String issuer) {
    return new TrustedIssuerBuilder(issuer);
  }

  /**
   * The relaxations, and what else differs from the default, in words for a log line.
   *
   * @return the issuer and the differences
   */
  @Override
  public String toString() {
    List<String> differences = differences();
    return "TrustedIssuer["
        + issuer
        + (differences.isEmpty() ? "" : ", ")
        + String.join(", ", differences)
        + "]";
  }

  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    jwksUri.ifPresent(uri -> differences.add("jwks-uri=" + uri));
    note(differences, !algorithms.equals(DEFAULT_ALGORITHMS), "algorithms=" + algorithmNames());
    note(differences, acceptPlainJwt, "accept-plain-jwt");
    note(differences, !audienceAliases.isEmpty(), "audience-aliases=" + audienceAliases);
    note(differences, exclusiveAudience, "exclusive-audience");
    note(
        differences,
        !scopeClaims.equals(defaultScopeClaims(acceptPlainJwt)),
        "scope-claims=" + scopeClaims);
    note(
        differences,
        !clientIdClaims.equals(defaultClientIdClaims(acceptPlainJwt)),
        "client-id-claims=" + clientIdClaims);
    note(differences, !maximumAge.isZero(), "maximum-age=" + maximumAge);
    note(differences, !maximumLifetime.isZero(), "maximum-lifetime=" + maximumLifetime);
    note(differences, httpOnLoopback, "allow-http-on-loopback");
    note(differences, privateAddresses, "allow-private-addresses");
    note(differences, !issuerAliases.isEmpty(), "issuer-aliases=" + issuerAliases);
    note(differences, !binding.equals(AudienceBinding.STRICT), binding.toString());
    note(differences, !shape.equals(TokenShape.RFC9068), shape.toString());
    return differences;
  }

  private List<String> algorithmNames() {
    return algorithms.stream().map(SignatureAlgorithm::headerName).toList();
  }

  private static void note(List<String> differences, boolean differs, String text) {
    if (differs) {
      differences.add(text);
    }
  }
}
