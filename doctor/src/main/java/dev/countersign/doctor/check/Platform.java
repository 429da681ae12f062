package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Answer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What a server runs on, by what its answers give away. The first that fits counts. */
public enum Platform {
  /** Amazon API Gateway. */
  API_GATEWAY(
      "API Gateway",
      answer ->
          answer.value("x-amzn-requestid").isPresent()
              || answer.value("apigw-requestid").isPresent()),
  /** Spring Boot with or without Spring Security. */
  SPRING(
      "Spring",
      answer ->
          (answer.body().contains("\"timestamp\"") && answer.body().contains("\"path\""))
              || (answer.values("x-content-type-options").contains("nosniff")
                  && answer.values("x-xss-protection").contains("0"))),
  /** Quarkus. */
  QUARKUS(
      "Quarkus", answer -> answer.body().contains("quarkus") || answer.body().contains("RESTEASY")),
  /** Tomcat by its error page. */
  TOMCAT("Tomcat", answer -> answer.body().contains("Apache Tomcat/")),
  /** Jetty by its field. */
  JETTY("Jetty", answer -> server(answer).startsWith("jetty")),
  /** Express, and with it most servers of the TypeScript SDK. */
  EXPRESS("Express", answer -> answer.values("x-powered-by").contains("Express")),
  /** Uvicorn, and with it most servers of the Python SDK. */
  UVICORN("Uvicorn", answer -> server(answer).startsWith("uvicorn")),
  /** Kestrel. */
  KESTREL("Kestrel", answer -> server(answer).startsWith("kestrel")),
  /** nginx as a proxy. */
  NGINX("nginx", answer -> server(answer).startsWith("nginx")),
  /** Envoy as a proxy. */
  ENVOY("Envoy", answer -> server(answer).startsWith("envoy"));

  private final String title;
  private final Predicate<Answer> mark;

  Platform(String title, Predicate<Answer> mark) {
    this.title = title;
    this.mark = mark;
  }

  private static String server(Answer answer) {
    return answer.value("server").orElse("").toLowerCase(Locale.ROOT);
  }

  /**
   * The name of the product.
   *
   * @return for people
   */
  public String title() {
    return title;
  }

  /**
   * Recognises a platform.
   *
   * @param site the site, by its answers to probes
   * @return empty if nothing gives it away
   */
  static Optional<Platform> of(Site site) {
    return Arrays.stream(values())
        .filter(platform -> Arrays.stream(Probe.values()).map(site::probe).anyMatch(platform.mark))
        .findFirst();
  }
}
