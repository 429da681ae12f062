package dev.countersign.agent.runtime;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The servers that the agent knows. */
enum ServerLine {
  /** Its core, and on it the servlet environments ee8 to ee11. */
  JETTY12("Eclipse Jetty", "12.0.3 to 12.0.36, 12.1.0 to 12.1.14", "org.eclipse.jetty."),
  /** With servlets of javax, and of jakarta in 11. */
  JETTY9(
      "Eclipse Jetty",
      "9.4.2 to 9.4.58, 10.0.9 to 10.0.26, 11.0.9 to 11.0.26",
      "org.eclipse.jetty."),
  /** Embedded, stand-alone, under Spring Boot. */
  TOMCAT(
      "Apache Tomcat",
      "9.0.50 to 9.0.113, 10.1.0 to 10.1.62, 11.0.2 to 11.0.27",
      "org.apache.tomcat.",
      "org.apache.catalina."),
  /** The one in the module {@code jdk.httpserver}. */
  JDK_HTTP_SERVER("JDK HttpServer", "17, 25", "sun.net.httpserver."),
  /** Plain handlers and servlets. */
  UNDERTOW("Undertow", "2.2.0 to 2.2.37, 2.3.0 to 2.3.26, 2.4.4", "io.undertow."),
  /** Alone, and below Spring WebFlux. */
  REACTOR_NETTY("Reactor Netty", "1.0.0, 1.1.22, 1.2.18, 1.3.7", "reactor.netty.", "io.netty."),
  /** Under Quarkus as well. */
  VERTX("Eclipse Vert.x", "4.4.0, 4.5.36, 5.0.0, 5.1.10, 5.2.3", "io.vertx.", "io.netty."),
  /** Its own server over Netty. */
  MICRONAUT("Micronaut", "4.10.15 to 4.10.36, 5.2.22", "io.micronaut.", "io.netty."),
  /** On its engines Netty and CIO. */
  KTOR("Ktor", "on Netty 3.0.0, 3.5.2; Ktor on CIO 3.0.1, 3.6.1", "io.ktor.", "io.netty."),
  /** Needs JDK 21. */
  HELIDON("Helidon", "4.0.0, 4.5.0", "io.helidon."),
  /** The whole server: applications of any kind in it. */
  LIBERTY("Open Liberty", "25.0.0.12", "com.ibm.ws.tcpchannel.");

  /** Those that ask the gate for every request, and not for every server or connection. */
  private static final Set<ServerLine> BY_REQUEST =
      EnumSet.of(JETTY12, JETTY9, TOMCAT, UNDERTOW, HELIDON);

  private final String title;
  private final String versions;
  private final List<String> packages;

  /**
   * A line.
   *
   * @param title the name that people know
   * @param versions the versions that the contract has passed on, as docs/agent-servers.md has
   *     them; of those that begin alike the first and the last
   * @param packages how the names of the classes begin that open its ports
   */
  ServerLine(String title, String versions, String... packages) {
    this.title = title;
    this.versions = versions;
    this.packages = List.of(packages);
  }

  String title() {
    return title;
  }

  String versions() {
    return versions;
  }

  List<String> packages() {
    return packages;
  }

  /** Whether a server that runs already is held from the moment on when its classes are woven. */
  boolean isHeldWhileItRuns() {
    return BY_REQUEST.contains(this);
  }
}
