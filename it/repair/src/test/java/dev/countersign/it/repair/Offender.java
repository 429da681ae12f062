package dev.countersign.it.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.ResourceServer;
import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeLint;
import dev.countersign.http.Challenges;
import dev.countersign.http.Finding;
import dev.countersign.http.LintCode;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.client.ClientParser;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application of Spring Boot that judges its tokens itself, once as it is and once with repair
 * mode in front of it: two engines take turns in the same filter.
 */
final class Offender implements AutoCloseable {

  static final String ORIGIN = "https://mcp.example.com";
  static final String RESOURCE = ORIGIN + "/mcp";
  static final String URL =
      "resource_metadata=\"" + ORIGIN + "/.well-known/oauth-protected-resource/mcp\"";

  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "server.port", "0",
          "server.address", "127.0.0.1",
          "spring.main.banner-mode", "off",
          "spring.main.log-startup-info", "false",
          "logging.level.root", "warn");

  /** As any application has one. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  /** How an application guards itself. */
  @FunctionalInterface
  interface Security {
    SecurityFilterChain chain(HttpSecurity http);
  }

  /** What is guarded. */
  private static final class Mcp extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("user " + request.getRemoteUser());
    }
  }

  private final FakeAuthorizationServer authorizationServer;
  private final ResourceServer asItIs;
  private final ResourceServer repairing;
  private final Alternating filter = new Alternating();
  private final ConfigurableApplicationContext running;

  Offender(FakeAuthorizationServer authorizationServer, Security security) {
    this.authorizationServer = authorizationServer;
    this.asItIs = engine(Mode.REPORT_ONLY);
    this.repairing = engine(Mode.REPAIR);
    SpringApplication application = new SpringApplication(Application.class);
    application.setDefaultProperties(PROPERTIES);
    application.addInitializers(
        context -> {
          GenericApplicationContext beans = (GenericApplicationContext) context;
          beans.registerBean(
              "mcp",
              ServletRegistrationBean.class,
              () -> new ServletRegistrationBean<>(new Mcp(), "/mcp"));
          beans.registerBean(
              UserDetailsService.class,
              () ->
                  new InMemoryUserDetailsManager(
                      User.withUsername("operator").password("{noop}x").build()));
          beans.registerBean("repair", FilterRegistrationBean.class, this::registration);
          beans.registerBean(
              SecurityFilterChain.class, () -> security.chain(beans.getBean(HttpSecurity.class)));
        });
    this.running = application.run();
  }

  private ResourceServer engine(Mode mode) {
    return ResourceServer.create(
        ResourceServerConfig.builder(RESOURCE)
            .authorizationServer(authorizationServer.issuer())
            .allowHttpOnLoopback()
            .requiredScopes("mcp:read")
            .allowedOrigin("https://app.example.com")
            .mode(mode)
            .build());
  }

  private FilterRegistrationBean<Alternating> registration() {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /** Reads the tokens of that authorization server, once it is asked to. */
  static JwtDecoder decoder(FakeAuthorizationServer authorizationServer) {
    return NimbusJwtDecoder.withIssuerLocation(authorizationServer.issuer()).build();
  }

  URI uri() {
    String port = running.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://localhost:" + port);
  }

  /** What the application answers by itself. */
  RawResponse asItIs(RawRequest request) throws IOException {
    filter.use(new ResourceServerFilter(asItIs));
    return RawHttp.exchange(uri(), request);
  }

  /** What clients get with repair mode in front of the application. */
  RawResponse repaired(RawRequest request) throws IOException {
    filter.use(new ResourceServerFilter(repairing));
    return RawHttp.exchange(uri(), request);
  }

  /** The same, and every client reads it; status and body are the application's. */
  List<String> challengesForEveryClient(RawRequest request) throws IOException {
    RawResponse before = asItIs(request);
    RawResponse after = repaired(request);
    assertEquals(before.status(), after.status());
    assertEquals(before.text().length(), after.text().length(), after::toString);
    List<String> challenges = after.values("WWW-Authenticate");
    Challenge meant = Challenges.parse(challenges).get(0);
    assertEquals(
        List.of(),
        Arrays.stream(ClientParser.values())
            .filter(client -> !client.understands(challenges, meant))
            .toList(),
        challenges::toString);
    assertEquals(List.of(), findings(challenges, meant), challenges::toString);
    return challenges;
  }

  private static List<LintCode> findings(List<String> challenges, Challenge meant) {
    ChallengeLint lint =
        meant.param("error").isPresent()
            ? ChallengeLint.withToken(ORIGIN)
            : ChallengeLint.withoutToken(ORIGIN);
    return lint.check(challenges).stream().map(Finding::code).toList();
  }

  @Override
  public void close() {
    running.close();
    asItIs.close();
    repairing.close();
  }
}
