package dev.countersign.it.agent;

import com.fasterxml.jackson.core.JsonFactory;
import dev.countersign.ResourceServer;
import dev.countersign.testkit.ProbeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.NoResolvedResultException;
import org.opentest4j.TestAbortedException;

/** Open Liberty as it is downloaded, with one application at the root. */
final class Liberty {

  static final String NAME = "Open Liberty";

  private static final String VERSION = "25.0.0.12";
  private static final String RUNTIME = "io.openliberty:openliberty-runtime:zip:" + VERSION;
  private static final String SERVLETS = "jakarta.servlet:jakarta.servlet-api:6.0.0";

  private static final String SERVER =
      """
      <server>
        <featureManager><feature>servlet-6.0</feature>%s</featureManager>
        <httpEndpoint id="defaultHttpEndpoint" host="localhost" httpPort="%d" httpsPort="%d">
          <httpOptions maxKeepAliveRequests="-1" limitFieldSize="65536"/>
        </httpEndpoint>
        <webApplication location="probe.war" contextRoot="/"/>
        %s
      </server>
      """;

  private static final String TLS_FEATURE = "<feature>transportSecurity-1.0</feature>";

  private static final String TLS =
      """
      <keyStore id="own" location="%1$s/own.p12" type="PKCS12" password="changeit"/>
      <keyStore id="trusted" location="%1$s/trusted.p12" type="PKCS12" password="changeit"/>
      <ssl id="defaultSSLConfig" keyStoreRef="own" trustStoreRef="trusted"
          clientAuthenticationSupported="true"/>
      """;

  private static final String DESCRIPTOR =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <error-page><error-code>455</error-code><location>/roles</location></error-page>
      </web-app>
      """;

  private Liberty() {}

  /**
   * Starts a server with the probe.
   *
   * @param features elements that name more features
   * @param configuration elements of its configuration
   * @param settings of the agent
   */
  static Process start(String features, String configuration, Map<String, String> settings)
      throws IOException {
    return start(features, configuration, false, settings);
  }

  /** The same with TLS, and certificates of clients that have some. */
  static Process startTls(Map<String, String> settings, Path stores) throws IOException {
    return start(TLS_FEATURE, TLS.formatted(stores), true, settings);
  }

  private static Process start(
      String features, String configuration, boolean isTls, Map<String, String> settings)
      throws IOException {
    Path tools = home().resolve("bin").resolve("tools");
    Path user = Files.createTempDirectory(Path.of("target"), "liberty").toAbsolutePath();
    Path server = Files.createDirectories(user.resolve("servers").resolve("probe"));
    int port = freePort();
    Files.writeString(
        server.resolve("server.xml"),
        SERVER.formatted(features, isTls ? -1 : port, isTls ? port : -1, configuration));
    deploy(Files.createDirectories(server.resolve("apps").resolve("probe.war")));
    GuardLog.add(server.resolve("logs").resolve("messages.log"));
    Matrix.started(new Server(NAME, VERSION, Server.named("openliberty-runtime")));
    ProcessBuilder process =
        new ProcessBuilder(
            GuardedJvm.java(),
            "-javaagent:" + tools.resolve("ws-javaagent.jar"),
            GuardedJvm.flag(settings),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Dport=" + port,
            "-Dtls=" + isTls,
            "-jar",
            tools.resolve("ws-server.jar").toString(),
            "probe");
    process.environment().put("WLP_USER_DIR", user.toString());
    return process.redirectError(GuardedJvm.log("liberty").toFile()).start();
  }

  // The probe has to know it before it is opened.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void deploy(Path war) throws IOException {
    Path inside = war.resolve("WEB-INF");
    Path classes = Files.createDirectories(inside.resolve("classes"));
    Path libraries = Files.createDirectories(inside.resolve("lib"));
    Files.writeString(inside.resolve("web.xml"), DESCRIPTOR);
    List<Path> needed =
        Stream.of(ProbeProcess.class, ResourceServer.class, JsonFactory.class)
            .map(Libraries::origin)
            .toList();
    for (Path one : needed) {
      Path jar = libraries.resolve(one.hashCode() + ".jar");
      if (Files.isDirectory(one)) {
        Sources.jar(one, jar);
      } else {
        Files.copy(one, jar);
      }
    }
    List<Path> classPath = new ArrayList<>(Libraries.of(List.of(SERVLETS)));
    classPath.addAll(needed);
    Path own = Path.of("src", "test", "servers", "liberty");
    Path probe = Path.of("..", "servlet-probe", "src/main/java/dev/countersign/it/servlet");
    Sources.compile(
        List.of(
            own.resolve("LibertyProbe.java"),
            own.resolve("LoginServlet.java"),
            probe.resolve("ProbeServlet.java"),
            probe.resolve("ServletCall.java")),
        classPath,
        classes);
  }

  // Once for all tests: it is 400 MB.
  private static Path home() {
    Path zip = fetched();
    return Libraries.alone(
        () -> {
          try {
            return unpacked(zip);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Path unpacked(Path zip) throws IOException {
    Path target = Path.of("target", "openliberty-" + VERSION).toAbsolutePath();
    Path done = target.resolve("done");
    if (Files.notExists(done)) {
      Libraries.unpack(zip, target);
      Files.createFile(done);
    }
    return target.resolve("wlp");
  }

  private static Path fetched() {
    try {
      return Libraries.file(RUNTIME);
    } catch (NoResolvedResultException e) {
      throw new TestAbortedException(RUNTIME + " cannot be fetched", e);
    }
  }
}
