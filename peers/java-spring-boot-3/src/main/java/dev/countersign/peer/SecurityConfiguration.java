package dev.countersign.peer;

import java.util.List;
import org.springaicommunity.mcp.security.server.config.McpServerOAuth2Configurer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * As on Spring Boot 4, with what the older versions have. Scopes are named by the customizer: the
 * option {@code scope} does not come into the metadata.
 */
@Configuration
@EnableWebSecurity
class SecurityConfiguration {

  @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}")
  private String issuer;

  @Value("${RESOURCE}")
  private String resource;

  @Bean
  SecurityFilterChain mcpSecurity(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests -> requests.anyRequest().hasAuthority("SCOPE_mcp:read"))
        .with(
            McpServerOAuth2Configurer.mcpServerOAuth2(),
            mcp ->
                mcp.authorizationServer(issuer)
                    .resourcePath("/mcp")
                    .protectedResourceMetadataCustomizer(
                        document ->
                            document
                                .authorizationServer(issuer)
                                .scope("mcp:read")
                                .bearerMethod("header")
                                .resourceName("Peer"))
                    .validateAudienceClaim(true)
                    .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(accessTokens()))))
        .csrf(CsrfConfigurer::disable)
        .cors(cors -> cors.configurationSource(pages()))
        .build();
  }

  private JwtDecoder accessTokens() {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
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
