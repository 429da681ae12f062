package dev.countersign.sample.authorizationserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/** The key of the server and what is signed with it. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

  @Bean
  JWKSource<SecurityContext> keys() {
    // Made while the rest of the server starts; the first request for a token or the keys waits.
    CompletableFuture<JWKSet> keys = CompletableFuture.supplyAsync(TokenConfiguration::generate);
    return (selector, context) -> selector.select(keys.join());
  }

  private static JWKSet generate() {
    try {
      return new JWKSet(
          new RSAKeyGenerator(2048)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyID(UUID.randomUUID().toString())
              .generate());
    } catch (JOSEException e) {
      throw new IllegalStateException("no RSA key", e);
    }
  }

  /** Demanded by the registration endpoint for initial access tokens, which nobody gets here. */
  @Bean
  JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
  }

  @Bean
  ResourceIndicators resourceIndicators(DemoOptions options) {
    return new ResourceIndicators(options.allowedResources());
  }

  @Bean
  OAuth2TokenGenerator<OAuth2Token> tokenGenerator(
      JWKSource<SecurityContext> keys, ResourceIndicators resources) {
    JwtGenerator accessTokens = new JwtGenerator(new NimbusJwtEncoder(keys));
    accessTokens.setJwtCustomizer(context -> followRfc9068(context, resources));
    return new DelegatingOAuth2TokenGenerator(accessTokens, new RotatingRefreshTokens());
  }

  // RFC 9068 section 2: typ at+jwt; iss, exp, aud, sub, client_id, iat, jti, acr; the scope is that
  // of RFC 8693.
  private static void followRfc9068(JwtEncodingContext context, ResourceIndicators resources) {
    context.getJwsHeader().type("at+jwt");
    context
        .getClaims()
        .audience(List.of(resources.audience(context)))
        .claim("client_id", context.getRegisteredClient().getClientId())
        .claim("scope", String.join(" ", new TreeSet<>(context.getAuthorizedScopes())))
        .claim("acr", SecondStep.acr(context.getPrincipal()))
        .claims(claims -> claims.remove("nbf"));
    Jwt proof = context.get(OAuth2TokenContext.DPOP_PROOF_KEY);
    if (proof != null) {
      context.getClaims().claim("cnf", Map.of("jkt", thumbprint(proof)));
    }
  }

  // RFC 9449 section 6.1. The framework has verified the proof, but its own customizer, whose place
  // this one has taken, is what binds a token.
  private static String thumbprint(Jwt proof) {
    if (!(proof.getHeaders().get("jwk") instanceof Map<?, ?> key)) {
      throw new IllegalStateException("a proof that was verified has no key");
    }
    Map<String, Object> jwk = new LinkedHashMap<>();
    key.forEach((name, value) -> jwk.put(String.valueOf(name), value));
    try {
      return JWK.parse(jwk).computeThumbprint().toString();
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("a proof that was verified has no key", e);
    }
  }
}
