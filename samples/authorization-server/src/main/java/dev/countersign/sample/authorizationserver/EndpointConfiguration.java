package dev.countersign.sample.authorizationserver;

import static org.springframework.security.config.Customizer.withDefaults;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** The endpoints: one chain for OAuth, login and consent. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class EndpointConfiguration {

  @Bean
  UserDetailsService users(DemoOptions options) {
    // {noop}: the password of a demo is printed in its README, hashing it would only cost time.
    return new InMemoryUserDetailsManager(
        User.withUsername(options.user())
            .password("{noop}" + options.password())
            .authorities("ROLE_USER")
            .build());
  }

  @Bean
  RegisteredClientRepository clients() {
    return new RegisteredClients();
  }

  @Bean
  OAuth2AuthorizationService authorizations() {
    return new InMemoryOAuth2AuthorizationService();
  }

  @Bean
  ConsentPage consentPage(
      RegisteredClientRepository clients, OAuth2AuthorizationService authorizations) {
    return new ConsentPage(clients, authorizations);
  }

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http,
      DemoOptions options,
      AuthorizationServerSettings settings,
      RegisteredClientRepository clients,
      ResourceIndicators resources)
      throws Exception {
    return http.oauth2AuthorizationServer(
            server -> endpoints(server, options, settings, clients, resources))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HttpMethod.POST, settings.getClientRegistrationEndpoint())
                    .permitAll()
                    .requestMatchers("/oauth2/**", ConsentPage.PATH)
                    .authenticated()
                    // Nothing is there: a client that probes gets a 404, not the login page.
                    .anyRequest()
                    .permitAll())
        .exceptionHandling(
            handling ->
                handling.defaultAuthenticationEntryPointFor(
                    new LoginUrlAuthenticationEntryPoint("/login"),
                    PathPatternRequestMatcher.withDefaults()
                        .matcher(settings.getAuthorizationEndpoint())))
        .formLogin(withDefaults())
        .addFilterAfter(new SecondStep(settings.getAuthorizationEndpoint()), CsrfFilter.class)
        .cors(cors -> cors.configurationSource(forBrowserClients(settings)))
        .build();
  }

  private static void endpoints(
      OAuth2AuthorizationServerConfigurer server,
      DemoOptions options,
      AuthorizationServerSettings settings,
      RegisteredClientRepository clients,
      ResourceIndicators resources) {
    Metadata metadata = new Metadata(options.scopes());
    ClientRegistration registration = new ClientRegistration(options);
    AuthorizationRequests requests = new AuthorizationRequests(options.scopes(), resources);
    AuthorizationResponses responses =
        new AuthorizationResponses(Objects.requireNonNull(settings.getIssuer()));
    PublicClientRefresh refresh = new PublicClientRefresh(clients);
    server
        .authorizationServerMetadataEndpoint(
            endpoint -> endpoint.authorizationServerMetadataCustomizer(metadata::complete))
        .clientRegistrationEndpoint(
            endpoint ->
                endpoint
                    .openRegistrationAllowed(true)
                    .authenticationProviders(
                        providers ->
                            each(
                                providers,
                                OAuth2ClientRegistrationAuthenticationProvider.class,
                                registration::applyTo)))
        .authorizationEndpoint(
            endpoint ->
                endpoint
                    .authorizationRequestConverter(requests)
                    .authenticationProviders(
                        providers ->
                            each(
                                providers,
                                OAuth2AuthorizationCodeRequestAuthenticationProvider.class,
                                requests::applyTo))
                    .authorizationResponseHandler(responses)
                    .errorResponseHandler(responses)
                    .consentPage(ConsentPage.PATH))
        .clientAuthentication(
            client -> client.authenticationConverter(refresh).authenticationProvider(refresh));
  }

  private static <T> void each(
      List<AuthenticationProvider> providers, Class<T> type, Consumer<T> change) {
    providers.stream().filter(type::isInstance).map(type::cast).forEach(change);
  }

  /** What a client in a page calls with fetch; the login is a navigation and needs none of it. */
  private static CorsConfigurationSource forBrowserClients(AuthorizationServerSettings settings) {
    CorsConfiguration everyOrigin = new CorsConfiguration();
    everyOrigin.setAllowedOrigins(List.of(CorsConfiguration.ALL));
    everyOrigin.setAllowedMethods(List.of("GET", "POST"));
    everyOrigin.setAllowedHeaders(List.of(CorsConfiguration.ALL));
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    for (String path :
        List.of(
            "/.well-known/oauth-authorization-server",
            settings.getClientRegistrationEndpoint(),
            settings.getTokenEndpoint(),
            settings.getTokenRevocationEndpoint(),
            settings.getJwkSetEndpoint())) {
      source.registerCorsConfiguration(path, everyOrigin);
    }
    return source;
  }
}
