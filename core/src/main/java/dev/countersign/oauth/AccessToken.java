package dev.countersign.oauth;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A validated access token: who, for whom, until when. There is no way to its raw text, so it
 * cannot be passed on to another server, which MCP forbids. Immutable, but for what an unusual
 * validator puts into the claims.
 *
 * @param issuer the authorization server ({@code iss}), as configured
 * @param subject the resource owner ({@code sub}), unique within the issuer only
 * @param clientId the client ({@code client_id}, or {@code azp}); empty if the token does not say
 * @param audience every audience ({@code aud})
 * @param scope what was granted
 * @param expiresAt from this instant on the token is no longer good ({@code exp})
 * @param claims every claim by its name, strings, numbers, booleans, lists and maps, unmodifiable
 */
public record AccessToken(
    String issuer,
    String subject,
    Optional<String> clientId,
    List<String> audience,
    Scope scope,
    Instant expiresAt,
    Map<String, Object> claims) {

  /** Copies the collections. */
  public AccessToken {
    audience = List.copyOf(audience);
    claims = Map.copyOf(claims);
  }

  /**
   * Whether the token stands for a client that acts for itself: RFC 9068 section 5 says that the
   * subject is then the client.
   *
   * @return true if subject and client are the same
   */
  public boolean isClientItself() {
    return clientId.isPresent() && clientId.get().equals(subject);
  }

  /**
   * Makes sure of a scope while a request is handled: for what no rule of the configuration can
   * know. Nothing is implied by a broader scope here; {@code ResourceServer.requireScopes} knows
   * what the configuration says of that.
   *
   * @param tokens every scope-token that the operation needs
   * @throws InsufficientScopeException if one is missing; to be left alone, so that the client is
   *     asked for more scope
   * @throws IllegalArgumentException if one is no scope-token
   */
  public void requireScopes(String... tokens) {
    Scope needed = Scope.of(tokens);
    if (!scope.covers(needed)) {
      throw new InsufficientScopeException(needed);
    }
  }

  /**
   * Prints no claim value.
   *
   * @return the issuer and the number of claims
   */
  @Override
  public String toString() {
    return "AccessToken[issuer=" + issuer + ", " + claims.size() + " claims]";
  }
}
