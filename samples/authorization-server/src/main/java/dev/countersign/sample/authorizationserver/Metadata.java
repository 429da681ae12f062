package dev.countersign.sample.authorizationserver;

import java.util.List;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationServerMetadata;

/**
 * The metadata document (RFC 8414), held to what a client can really use here: the framework lists
 * everything it knows.
 *
 * <p>Immutable.
 *
 * @param scopes the scopes to list
 */
record Metadata(List<String> scopes) {

  private static final List<String> SECRETS =
      List.of(
          ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue(),
          ClientAuthenticationMethod.CLIENT_SECRET_POST.getValue());

  /** Changes what the framework has prepared. */
  void complete(OAuth2AuthorizationServerMetadata.Builder document) {
    document
        .scopes(all -> replace(all, scopes))
        .grantTypes(
            all ->
                replace(
                    all,
                    List.of(
                        AuthorizationGrantType.AUTHORIZATION_CODE.getValue(),
                        AuthorizationGrantType.REFRESH_TOKEN.getValue())))
        .tokenEndpointAuthenticationMethods(
            all -> {
              replace(all, SECRETS);
              all.add(0, ClientAuthenticationMethod.NONE.getValue());
            })
        .tokenRevocationEndpointAuthenticationMethods(all -> replace(all, SECRETS))
        .tokenIntrospectionEndpointAuthenticationMethods(all -> replace(all, SECRETS))
        // RFC 9207 section 3
        .claim("authorization_response_iss_parameter_supported", true)
        .claim("acr_values_supported", List.of(SecondStep.PASSWORD, SecondStep.PASSWORD_AND_CODE))
        .claims(all -> all.remove("tls_client_certificate_bound_access_tokens"));
  }

  private static void replace(List<String> list, List<String> others) {
    list.clear();
    list.addAll(others);
  }
}
