package dev.countersign.it.agent;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as the page of guarded servers names it.
 *
 * @param name what listens, as the agent's command {@code servers} names it
 * @param version its own version
 * @param application what the application on it is written against
 */
record Server(String name, String version, String application) {

  private record Line(String name, String artifact) {}

  // The first that is there listens. Jetty before Tomcat: the WebMVC starters bring Tomcat in any
  // case, and the program for Jetty refuses to run on it.
  private static final List<Line> LINES =
      List.of(
          new Line("Eclipse Jetty", "jetty-server"),
          new Line("Apache Tomcat", "tomcat-embed-core"),
          new Line("Undertow", "undertow-core"),
          new Line("Reactor Netty", "reactor-netty-http"),
          new Line("Eclipse Vert.x", "vertx-core"),
          new Line("Micronaut", "micronaut-http-server-netty"),
          new Line("Ktor on Netty", "ktor-server-netty-jvm"),
          new Line("Ktor on CIO", "ktor-server-cio-jvm"),
          new Line("Helidon", "helidon-webserver"));

  /** The JDK's own, of this JDK. */
  private static final Server JDK =
      new Server(
          "JDK HttpServer", Integer.toString(Runtime.version().feature()), named("jdk.httpserver"));

  /** The one that a program runs on, by what is on its class path. */
  static Server of(ServerProgram program) {
    List<String> jars = program.jars();
    for (Line line : LINES) {
      Optional<String> version = version(line.artifact(), jars);
      if (version.isPresent()) {
        return new Server(
            line.name(), version.get(), application(program.library(), version.get(), jars));
      }
    }
    return JDK;
  }

  private static String application(String library, String version, List<String> jars) {
    String[] part = library.split(":");
    String own = part[2].equals(version) ? "" : " " + part[2];
    String framework =
        version("spring-boot", jars).map(found -> ", Spring Boot " + found).orElse("");
    return named(part[1]) + own + framework;
  }

  static String named(String artifact) {
    return "`" + artifact + "`";
  }

  // Quarkus puts the group in front of the artifact.
  private static Optional<String> version(String artifact, List<String> jars) {
    Pattern name = Pattern.compile("(?:.*\\.)?" + Pattern.quote(artifact) + "-(\\d.*)\\.jar");
    return jars.stream()
        .map(name::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst();
  }
}
