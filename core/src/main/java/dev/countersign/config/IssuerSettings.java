package dev.countersign.config;

import static dev.countersign.config.SettingValue.bool;
import static dev.countersign.config.SettingValue.commaList;
import static dev.countersign.config.SettingValue.duration;
import static dev.countersign.config.SettingValue.spaceList;

import dev.countersign.token.ClientAuthMethod;
import java.util.List;

/** Translates the settings of one authorization server into builder calls. */
final class IssuerSettings {

  private IssuerSettings() {}

  // A switch and no table of lambdas: each lambda costs start-up time, which the agent has little
  // of.
  static void apply(Setting setting, SettingTarget to, String value) {
    switch (setting) {
      case ISSUER -> to.issuer().issuer(value);
      case JWKS_URI -> to.issuer().jwksUri(value);
      case ALGORITHMS -> to.issuer().algorithms(commaList(value));
      case AUDIENCE_ALIASES -> to.issuer().audienceAliases(commaList(value));
      case EXCLUSIVE_AUDIENCE -> to.issuer().exclusiveAudience(bool(value));
      case ACCEPT_PLAIN_JWT -> to.issuer().acceptPlainJwt(bool(value));
      case SCOPE_CLAIMS -> to.issuer().scopeClaims(commaList(value));
      case CLIENT_ID_CLAIMS -> to.issuer().clientIdClaims(commaList(value));
      case PROFILE -> to.issuer().profile(value);
      case TENANTS -> to.issuer().tenants(commaList(value));
      case ISSUER_ALIASES -> to.issuer().issuerAliases(commaList(value));
      case ADVERTISED_ISSUER -> to.issuer().advertisedIssuer(value);
      case ACCEPT_ORIGIN_AUDIENCE -> to.issuer().binding().acceptOriginAudience(bool(value));
      case AUDIENCE_CLAIMS -> to.issuer().binding().audienceClaims(commaList(value));
      case EXTRA_AUDIENCES -> to.issuer().binding().extraAudiences(commaList(value));
      case CLIENT_IDS -> to.issuer().binding().clientIds(commaList(value));
      case CLIENT_ID_AS_AUDIENCE -> to.issuer().binding().clientIdAsAudience(bool(value));
      case ABSENT_AUDIENCE -> to.issuer().binding().absentAudience(bool(value));
      case BINDING_SCOPES -> to.issuer().binding().bindingScopes(List.of(spaceList(value)));
      case SCOPE_AS_AUDIENCE -> to.issuer().binding().scopeAsAudience(List.of(spaceList(value)));
      case TOKEN_TYPES -> to.issuer().shape().tokenTypes(commaList(value));
      case ACCEPT_SCOPE_ARRAY -> to.issuer().shape().acceptScopeArray(bool(value));
      case SCOPE_PREFIX -> to.issuer().shape().scopePrefix(value);
      case REQUIRED_CLAIMS -> to.issuer().shape().requiredClaims(commaList(value));
      case MAXIMUM_AGE -> to.issuer().maximumAge(duration(value));
      case MAXIMUM_LIFETIME -> to.issuer().maximumLifetime(duration(value));
      case TOKENS -> to.issuer().introspection().tokens(value);
      case INTROSPECTION_ENDPOINT -> to.issuer().introspection().endpoint(value);
      case INTROSPECTION_CLIENT_ID -> to.issuer().introspection().clientId(value);
      case INTROSPECTION_CLIENT_SECRET -> to.issuer().introspection().clientSecret(value);
      case INTROSPECTION_CLIENT_SECRET_FILE -> to.issuer().introspection().clientSecretFile(value);
      case INTROSPECTION_KEY_FILE -> to.issuer().introspection().keyFile(value);
      case INTROSPECTION_KEY_STORE -> to.issuer().introspection().keyStore(value);
      case INTROSPECTION_KEY_STORE_PASSWORD_FILE ->
          to.issuer().introspection().keyStorePasswordFile(value);
      case INTROSPECTION_AUTH ->
          to.issuer().introspection().authentication(ClientAuthMethod.parse(value));
      case INTROSPECTION_SIGNED -> to.issuer().introspection().signed(bool(value));
      case INTROSPECTION_CACHE -> to.issuer().introspection().cache(duration(value));
      case INTROSPECTED_TOOLS -> to.issuer().introspection().tools(commaList(value));
      case TOKENINFO_ENDPOINT -> to.issuer().introspection().tokenInfoEndpoint(value);
      default -> throw new IllegalStateException(setting.key());
    }
  }
}
