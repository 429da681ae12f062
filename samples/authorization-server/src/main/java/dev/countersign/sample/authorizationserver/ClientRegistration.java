package dev.countersign.sample.authorizationserver;

import java.util.Set;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.converter.OAuth2ClientRegistrationRegisteredClientConverter;

/**
 * Open registration of clients (RFC 7591) as MCP clients expect it: without an initial access
 * token, with the scopes of their first challenge, and held to the code and refresh grants with
 * PKCE.
 *
 * <p>Immutable.
 *
 * @param options the scopes and the life of tokens
 */
record ClientRegistration(DemoOptions options)
    implements Converter<OAuth2ClientRegistration, RegisteredClient> {

  private static final Set<AuthorizationGrantType> GRANTS =
      Set.of(AuthorizationGrantType.AUTHORIZATION_CODE, AuthorizationGrantType.REFRESH_TOKEN);

  /** Puts these rules into the provider of the framework. */
  void applyTo(OAuth2ClientRegistrationAuthenticationProvider provider) {
    provider.setRegisteredClientConverter(this);
    // The third default validator refuses every scope, and clients do send them.
    provider.setAuthenticationValidator(
        OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR.andThen(
            OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_JWK_SET_URI_VALIDATOR));
  }

  /**
   * RFC 7591 section 2: the server may replace what a client asks for, and says so in the answer.
   */
  @Override
  public RegisteredClient convert(OAuth2ClientRegistration registration) {
    OAuth2ClientRegistrationRegisteredClientConverter framework =
        new OAuth2ClientRegistrationRegisteredClientConverter();
    framework.setTokenSettingsCustomizer(
        settings ->
            settings.accessTokenTimeToLive(options.accessTokenLife()).reuseRefreshTokens(false));
    RegisteredClient asked = framework.convert(registration);
    return RegisteredClient.from(asked)
        .authorizationGrantTypes(
            grants -> {
              grants.retainAll(GRANTS);
              grants.add(AuthorizationGrantType.AUTHORIZATION_CODE);
            })
        .scopes(scopes -> scopes.retainAll(options.scopes()))
        .build();
  }
}
