package dev.countersign.sample.authorizationserver;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a public client name itself in a refresh request (RFC 6749 section 3.2.1): the framework
 * identifies public clients by their code verifier only, and a refresh has none.
 *
 * <p>Immutable.
 *
 * @param clients the registered clients
 */
record PublicClientRefresh(RegisteredClientRepository clients)
    implements AuthenticationConverter, AuthenticationProvider {

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    String[] ids = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
    if (!isRefresh(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))
        || presentsSecret(request)
        || ids == null
        || ids.length != 1) {
      return null;
    }
    return new OAuth2ClientAuthenticationToken(
        ids[0],
        ClientAuthenticationMethod.NONE,
        null,
        Map.of(OAuth2ParameterNames.GRANT_TYPE, AuthorizationGrantType.REFRESH_TOKEN.getValue()));
  }

  @Override
  public @Nullable Authentication authenticate(Authentication authentication) {
    OAuth2ClientAuthenticationToken presented = (OAuth2ClientAuthenticationToken) authentication;
    if (!isNone(presented)
        || !isRefresh(presented.getAdditionalParameters().get(OAuth2ParameterNames.GRANT_TYPE))) {
      return null;
    }
    RegisteredClient client = clients.findByClientId(presented.getName());
    // A client with a secret cannot go without it.
    if (client == null
        || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
  }

  private static boolean presentsSecret(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null
        || request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null
        || request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION) != null;
  }

  private static boolean isNone(OAuth2ClientAuthenticationToken token) {
    return ClientAuthenticationMethod.NONE.equals(token.getClientAuthenticationMethod());
  }

  private static boolean isRefresh(@Nullable Object grantType) {
    return AuthorizationGrantType.REFRESH_TOKEN.getValue().equals(grantType);
  }
}
