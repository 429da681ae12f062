package dev.countersign.token;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds a {@link TrustedIssuer}. Not thread-safe. */
public final class TrustedIssuerBuilder {

  private final String issuer;
  private Optional<URI> jwksUri = Optional.empty();
  private Set<SignatureAlgorithm> algorithms = TrustedIssuer.DEFAULT_ALGORITHMS;
  private boolean acceptPlainJwt;
  private Set<String> audienceAliases = Set.of();
  private boolean exclusiveAudience;
  private Optional<List<String>> scopeClaims = Optional.empty();
  private Optional<List<String>> clientIdClaims = Optional.empty();
  private Duration maximumAge = Duration.ZERO;
  private Duration maximumLifetime = Duration.ZERO;
  private boolean httpOnLoopback;
  private boolean privateAddresses;
  private Set<String> issuerAliases = Set.of();
  private AudienceBinding binding = AudienceBinding.STRICT;
  private TokenShape shape = TokenShape.RFC9068;

  TrustedIssuerBuilder(String issuer) {
    this.issuer = issuer;
  }

  /**
   * Names the key set, which may then be on any host; the metadata of the issuer is not asked.
   *
   * @param uri an https URL
   * @return this builder
   */
  public TrustedIssuerBuilder jwksUri(URI uri) {
    jwksUri = Optional.of(uri);
    return this;
  }

  /**
   * Sets the algorithms that tokens may be signed with, instead of {@link
   * TrustedIssuer#DEFAULT_ALGORITHMS}.
   *
   * @param accepted at least one
   * @return this builder
   */
  public TrustedIssuerBuilder algorithms(SignatureAlgorithm... accepted) {
    algorithms = new LinkedHashSet<>(Arrays.asList(accepted));
    return this;
  }

  /**
   * Accepts tokens of an issuer that does not follow RFC 9068: {@code typ} may be absent or {@code
   * JWT}, and {@code client_id}, {@code iat} and {@code jti} may be absent. Unless set otherwise,
   * the scope may be in {@code scp} as well, and the client in {@code azp}.
   *
   * @return this builder
   */
  public TrustedIssuerBuilder acceptPlainJwt() {
    acceptPlainJwt = true;
    return this;
  }

  /**
   * Sets further values of {@code aud} that stand for the resource.
   *
   * @param exact the values, compared code point by code point
   * @return this builder
   */
  public TrustedIssuerBuilder audienceAliases(String... exact) {
    audienceAliases = new LinkedHashSet<>(Arrays.asList(exact));
    return this;
  }

  /**
   * Refuses tokens that are for another audience as well.
   *
   * @return this builder
   */
  public TrustedIssuerBuilder exclusiveAudience() {
    exclusiveAudience = true;
    return this;
  }

  /**
   * Sets the claims that may hold the scope. If several are in a token they must say the same.
   *
   * @param names claim names
   * @return this builder
   */
  public TrustedIssuerBuilder scopeClaims(String... names) {
    scopeClaims = Optional.of(List.of(names));
    return this;
  }

  /**
   * Sets the claims that may hold the client; the first that is in the token counts.
   *
   * @param names claim names
   * @return this builder
   */
  public TrustedIssuerBuilder clientIdClaims(String... names) {
    clientIdClaims = Optional.of(List.of(names));
    return this;
  }

  /**
   * Refuses tokens that were issued too long ago, or do not say when.
   *
   * @param age the greatest age by {@code iat}, to which the clock skew is added; zero for no limit
   * @return this builder
   */
  public TrustedIssuerBuilder maximumAge(Duration age) {
    maximumAge = age;
    return this;
  }

  /**
   * Refuses tokens that were issued to live too long, or do not say when they were issued.
   *
   * @param lifetime the greatest distance of {@code exp} from {@code iat}, inclusive; zero for no
   *     limit
   * @return this builder
   */
  public TrustedIssuerBuilder maximumLifetime(Duration lifetime) {
    maximumLifetime = lifetime;
    return this;
  }

  /**
   * Allows issuer and keys on the loopback, also by plain http. For development only.
   *
   * @return this builder
   */
  public TrustedIssuerBuilder allowHttpOnLoopback() {
    httpOnLoopback = true;
    return this;
  }

  /**
   * Allows issuer and keys at addresses that are not public (RFC 6890), by https.
   *
   * @return this builder
   */
  public TrustedIssuerBuilder allowPrivateAddresses() {
    privateAddresses = true;
    return this;
  }

  /**
   * Sets further values of {@code iss} in tokens that the keys of the issuer sign.
   *
   * @param exact the values, compared code point by code point
   * @return this builder
   */
  public TrustedIssuerBuilder issuerAliases(String... exact) {
    issuerAliases = new LinkedHashSet<>(Arrays.asList(exact));
    return this;
  }

  /**
   * Sets what ties a token to the resource beside {@code aud}.
   *
   * @param tie the guarded options, by default {@link AudienceBinding#STRICT}
   * @return this builder
   */
  public TrustedIssuerBuilder binding(AudienceBinding tie) {
    binding = tie;
    return this;
  }

  /**
   * Sets in what the tokens look different from RFC 9068.
   *
   * @param form the differences, by default {@link TokenShape#RFC9068}
   * @return this builder
   */
  public TrustedIssuerBuilder shape(TokenShape form) {
    shape = form;
    return this;
  }

  /**
   * Makes the issuer.
   *
   * @return the issuer
   * @throws IllegalArgumentException as {@link TrustedIssuer}
   */
  public TrustedIssuer build() {
    return new TrustedIssuer(
        issuer,
        jwksUri,
        algorithms,
        acceptPlainJwt,
        audienceAliases,
        exclusiveAudience,
        scopeClaims.orElse(TrustedIssuer.defaultScopeClaims(acceptPlainJwt)),
        clientIdClaims.orElse(TrustedIssuer.defaultClientIdClaims(acceptPlainJwt)),
        maximumAge,
        maximumLifetime,
        httpOnLoopback,
        privateAddresses,
        issuerAliases,
        binding,
        shape);
  }
}
