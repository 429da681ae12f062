package dev.countersign.spi;

import dev.countersign.oauth.AccessToken;

/**
 * Knows access tokens that are no longer good although they have not expired. Asked on every
 * request, after the token was found good and whether or not that was remembered from an earlier
 * request. Must be thread-safe and quick.
 */
@FunctionalInterface
public interface RevocationList {

  /**
   * Whether the token was revoked.
   *
   * @param token a token that is good otherwise
   * @return true to have it answered 401 with {@code invalid_token}
   * @throws RuntimeException if that cannot be told now: the request is then answered 503
   */
  boolean isRevoked(AccessToken token);
}
