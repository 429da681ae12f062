package dev.countersign.token;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * An authorization server that is asked about each of its tokens, and how. Immutable, but for a
 * secret in a file.
 *
 * @param issuer the authorization server, and what is accepted of it: audience, scope claims,
 *     algorithms of signed answers
 * @param inquiry how it is asked
 * @param cacheLife for how long an answer about a good token is relied on at most, zero to {@link
 *     #LONGEST_CACHE_LIFE}; one about a bad token five seconds at most. A revoked token is refused
 *     when this time is over
 */
public record OpaqueTokens(TrustedIssuer issuer, Inquiry inquiry, Duration cacheLife) {

  /** Thirty seconds. */
  public static final Duration DEFAULT_CACHE_LIFE = Duration.ofSeconds(30);

  /** One minute. */
  public static final Duration LONGEST_CACHE_LIFE = Duration.ofSeconds(60);

  /** How an authorization server is asked about a token. */
  public sealed interface Inquiry {

    /**
     * Token introspection (RFC 7662).
     *
     * @param client as whom this resource server asks
     * @param endpoint an https URL; empty to find it through the metadata of the issuer, where only
     *     a URL on the host of the issuer is accepted
     * @param signed whether every answer must be signed by the issuer (RFC 9701)
     */
    record Introspection(IntrospectionClient client, Optional<URI> endpoint, boolean signed)
        implements Inquiry {}

    /**
     * A tokeninfo endpoint, as Google has one. Its answers name the client that got the token and
     * no resource: only tokens of the clients in the audience aliases of the issuer are accepted.
     *
     * @param endpoint an https URL
     */
    record TokenInfo(URI endpoint) implements Inquiry {}
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is not as described; the message says what was expected
   */
  public OpaqueTokens {
    if (cacheLife.isNegative() || cacheLife.compareTo(LONGEST_CACHE_LIFE) > 0) {
      throw new IllegalArgumentException(
          "expected an ISO-8601 duration from PT0S to " + LONGEST_CACHE_LIFE);
    }
    boolean loopback = issuer.httpOnLoopback();
    if (inquiry instanceof Inquiry.Introspection introspection) {
      introspection
          .endpoint()
          .ifPresent(
              uri -> {
                boolean http = loopback && !introspection.client().method().isMutualTls();
                TrustedIssuer.requireUrl("introspection-endpoint", uri.toString(), http);
              });
    } else if (inquiry instanceof Inquiry.TokenInfo tokenInfo) {
      TrustedIssuer.requireUrl("tokeninfo-endpoint", tokenInfo.endpoint().toString(), loopback);
      if (issuer.audienceAliases().isEmpty()) {
        throw new IllegalArgumentException(
            "tokeninfo-endpoint needs audience-aliases: the identifiers of the clients whose tokens"
                + " are accepted");
      }
    }
  }
}
