package dev.countersign.sample.authorizationserver;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;

/**
 * The {@code resource} parameter of RFC 8707, which Spring Authorization Server does not know: at
 * most one, authorized with the code, and from then on the audience of every token of that grant.
 *
 * <p>Immutable.
 *
 * @param allowed the resources tokens are issued for; empty allows all
 */
record ResourceIndicators(List<String> allowed) {

  static final String PARAMETER = "resource";

  private static final OAuth2Error INVALID_TARGET =
      new OAuth2Error(
          "invalid_target",
          "The resource must be one absolute URI without a fragment that this server issues tokens for",
          "https://www.rfc-editor.org/rfc/rfc8707#section-2");

  /**
   * Checks the authorization request (RFC 8707 section 2.1).
   *
   * @throws OAuth2AuthorizationCodeRequestAuthenticationException with {@code invalid_target}
   */
  void check(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    Object resource = request.getAdditionalParameters().get(PARAMETER);
    if (resource != null && !acceptable(resource)) {
      throw new OAuth2AuthorizationCodeRequestAuthenticationException(INVALID_TARGET, request);
    }
  }

  /**
   * The audience of a token: the resource of the authorization, or the authorization server itself
   * if none was named, which no MCP server accepts. A token request may repeat the resource and
   * name no other (RFC 8707 section 2.2).
   *
   * @throws OAuth2AuthenticationException with {@code invalid_target}
   */
  String audience(JwtEncodingContext context) {
    Object authorized = authorized(context.getAuthorization());
    Object requested = requested(context.getAuthorizationGrant());
    if (requested != null && !requested.equals(authorized)) {
      throw new OAuth2AuthenticationException(INVALID_TARGET);
    }
    return authorized == null
        ? context.getAuthorizationServerContext().getIssuer()
        : authorized.toString();
  }

  private static @Nullable Object authorized(@Nullable OAuth2Authorization authorization) {
    OAuth2AuthorizationRequest request =
        authorization == null
            ? null
            : authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
    return request == null ? null : request.getAdditionalParameters().get(PARAMETER);
  }

  private static @Nullable Object requested(@Nullable Object grant) {
    Map<String, Object> parameters =
        grant instanceof OAuth2AuthorizationGrantAuthenticationToken token
            ? token.getAdditionalParameters()
            : Map.of();
    return parameters.get(PARAMETER);
  }

  // A repeated parameter arrives as an array, and one audience is all a token gets here.
  private boolean acceptable(Object resource) {
    return resource instanceof String text
        && isAbsoluteUriWithoutFragment(text)
        && (allowed.isEmpty() || allowed.contains(text));
  }

  // resource: an absolute URI as of RFC 3986 section 4.3, no fragment (RFC 8707 section 2)
  private static boolean isAbsoluteUriWithoutFragment(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
