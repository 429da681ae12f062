package dev.countersign.it.springboot;

import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RunningServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** A web application of Spring Boot whose only servlet is the probe. */
final class SpringBootServer {

  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "server.port", "0",
          "server.address", "127.0.0.1",
          "server.max-http-request-header-size", "64KB",
          "server.tomcat.max-swallow-size", "-1",
          "spring.main.banner-mode", "off",
          "spring.main.log-startup-info", "false",
          "logging.level.root", "warn");

  private SpringBootServer() {}

  /** As any application has one. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  static RunningServer start(
      ProbeApplication probe,
      Map<String, Object> properties,
      Consumer<GenericApplicationContext> gate) {
    SpringApplication application = new SpringApplication(Application.class);
    Map<String, Object> all = new HashMap<>(PROPERTIES);
    all.putAll(properties);
    application.setDefaultProperties(all);
    application.addInitializers(
        context -> {
          GenericApplicationContext beans = (GenericApplicationContext) context;
          beans.registerBean(
              "probe",
              ServletRegistrationBean.class,
              () -> new ServletRegistrationBean<>(new ProbeServlet(probe), "/*"));
          gate.accept(beans);
        });
    ConfigurableApplicationContext running = application.run();
    String port = running.getEnvironment().getRequiredProperty("local.server.port");
    return new RunningServer(URI.create("http://localhost:" + port), running::close);
  }
}
