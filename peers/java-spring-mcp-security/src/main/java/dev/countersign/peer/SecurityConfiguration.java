package dev.countersign.peer;

import java.util.List;
import org.springaicommunity.mcp.security.server.config.McpServerOAuth2Configurer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.OAuth2ProtectedResourceMetadata;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Two set-ups. The first is the manual one of mcp-security with every option of its README that
 * closes something: the audience, the binding of sessions. The second is Spring Security alone, in
 * the profile {@code plain}. Both take from its reference: tokens by RFC 9068, and CORS for one
 * page. CSRF is off, as in the samples of mcp-security.
 */
@Configuration
@EnableWebSecurity
class SecurityConfiguration {

  @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}")
  private String issuer;

  @Value("${RESOURCE}")
  private String resource;

  @Bean
  @Profile("!plain")
  SecurityFilterChain mcpSecurity(HttpSecurity http) {
    return http.authorizeHttpRequests(
            requests -> requests.anyRequest().hasAuthority("SCOPE_mcp:read"))
        .with(
            McpServerOAuth2Configurer.mcpServerOAuth2(),
            mcp ->
                mcp.authorizationServer(issuer)
                    .resourcePath("/mcp")
                    .protectedResourceMetadataCustomizer(this::describe)
                    .validateAudienceClaim(true)
                    .jwtDecoder(accessTokens())
                    .oauth2ResourceServer(server -> server.dPoP(Customizer.withDefaults()))
                    .sessionBinding(Customizer.withDefaults()))
        .csrf(CsrfConfigurer::disable)
        .cors(cors -> cors.configurationSource(pages()))
        .build();
  }

  @Bean
  @Profile("plain")
  SecurityFilterChain plain(HttpSecurity http) {
    return http.authorizeHttpRequests(
            requests -> requests.anyRequest().hasAuthority("SCOPE_mcp:read"))
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.decoder(accessTokens()))
                    .dPoP(Customizer.withDefaults())
                    .protectedResourceMetadata(
                        metadata -> metadata.protectedResourceMetadataCustomizer(this::describe)))
        .csrf(CsrfConfigurer::disable)
        .cors(cors -> cors.configurationSource(pages()))
        .build();
  }

  private void describe(OAuth2ProtectedResourceMetadata.Builder document) {
    document.authorizationServer(issuer).scope("mcp:read").resourceName("Peer");
  }

  private JwtDecoder accessTokens() {
    NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
    decoder.setJwtValidator(
        JwtValidators.createAtJwtValidator()
            .issuer(issuer)
            .audience(resource)
            .clientId("client-1")
            .build());
    return decoder;
  }

  /** Any page may read the metadata, one page may call. */
  private static UrlBasedCorsConfigurationSource pages() {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/.well-known/**", allowing("*"));
    source.registerCorsConfiguration("/**", allowing("http://localhost:6274"));
    return source;
  }

  private static CorsConfiguration allowing(String origin) {
    CorsConfiguration page = new CorsConfiguration();
    page.setAllowedOrigins(List.of(origin));
    page.setAllowedMethods(List.of("*"));
    page.setAllowedHeaders(List.of("*"));
    page.setExposedHeaders(List.of("*"));
    return page;
  }
}
