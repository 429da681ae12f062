package dev.countersign.sample.authorizationserver;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * What an authorization request may ask for.
 *
 * <p>Any scope this server offers, also one the client did not register: MCP clients register with
 * the scopes of their first challenge and step up later. Scopes the server does not know are left
 * out, and no scope means the default one (RFC 6749 section 3.3).
 *
 * <p>Immutable.
 *
 * @param scopes the scopes that can be granted, the default one first
 * @param resources what tokens may be issued for
 */
record AuthorizationRequests(List<String> scopes, ResourceIndicators resources)
    implements AuthenticationConverter {

  /** Puts these rules into the provider of the framework. */
  void applyTo(OAuth2AuthorizationCodeRequestAuthenticationProvider provider) {
    provider.setAuthenticationValidator(
        OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR
            .andThen(this::checkScopes)
            .andThen(resources::check));
  }

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    Authentication converted =
        new OAuth2AuthorizationCodeRequestAuthenticationConverter().convert(request);
    return converted instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked
        ? withScopes(asked, grantable(asked.getScopes()))
        : converted;
  }

  private Set<String> grantable(Set<String> asked) {
    if (asked.isEmpty()) {
      return Set.of(scopes.get(0));
    }
    Set<String> known = new LinkedHashSet<>(asked);
    known.retainAll(scopes);
    // Nothing known: kept as it is, so that the answer is invalid_scope and not the default.
    return known.isEmpty() ? asked : known;
  }

  private static OAuth2AuthorizationCodeRequestAuthenticationToken withScopes(
      OAuth2AuthorizationCodeRequestAuthenticationToken asked, Set<String> scopes) {
    return new OAuth2AuthorizationCodeRequestAuthenticationToken(
        asked.getAuthorizationUri(),
        asked.getClientId(),
        (Authentication) asked.getPrincipal(),
        asked.getRedirectUri(),
        asked.getState(),
        scopes,
        asked.getAdditionalParameters());
  }

  private void checkScopes(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    if (!scopes.containsAll(request.getScopes())) {
      throw new OAuth2AuthorizationCodeRequestAuthenticationException(
          new OAuth2Error(OAuth2ErrorCodes.INVALID_SCOPE), request);
    }
  }
}
