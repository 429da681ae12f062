package dev.countersign.servlet;

import dev.countersign.oauth.AccessToken;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/**
 * The access token of a request that the {@link ResourceServerFilter} has admitted, for servlets.
 * Deeper in an application, {@link dev.countersign.oauth.CurrentAccessToken} has the same.
 */
public final class AccessTokens {

  private AccessTokens() {}

  /**
   * The token.
   *
   * @param request the request, or a wrapper around it
   * @return the token
   * @throws IllegalStateException if there is none: the path is public, the request has not passed
   *     the filter, or the filter admits requests without a token by its mode
   */
  public static AccessToken current(ServletRequest request) {
    return find(request)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the request has no access token: its path is public, or it has not passed the"
                        + " ResourceServerFilter"));
  }

  /**
   * The token, where there may be none.
   *
   * @param request the request, or a wrapper around it
   * @return empty if the request was admitted without one, or has not passed the filter
   */
  public static Optional<AccessToken> find(ServletRequest request) {
    return request.getAttribute(ResourceServerFilter.ACCESS_TOKEN) instanceof AccessToken token
        ? Optional.of(token)
        : Optional.empty();
  }
}
