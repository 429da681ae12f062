package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Tomcat that is downloaded, started by its own script, with a WAR below a context path. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script for Windows is another one")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StandaloneTomcatIT {

  private static final String RESOURCE = "https://mcp.example.com/notes/mcp";
  private static final Path SERVLET =
      Path.of("src", "test", "servers", "tomcat-war", "HelloServlet.java");
  private static final Pattern STARTED =
      Pattern.compile("Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"]");

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    authorizationServer.close();
  }

  // Some of the versions that are published as a zip file.
  @ParameterizedTest
  @CsvSource({"9.0.117, javax.servlet", "10.1.59, jakarta.servlet", "11.0.24, jakarta.servlet"})
  void K01_guardsAWar(String version, String servlets) throws Exception {
    Path home = unpacked(version);
    configure(home.resolve("conf").resolve("server.xml"));
    deploy(home.resolve("webapps").resolve("notes.war"), servlets);
    Process tomcat = started(home);
    Matrix.started(new Server("Apache Tomcat", version, Server.named("tomcat") + ", a WAR"));
    try {
      URI uri = URI.create("http://localhost:" + port(tomcat.inputReader()));
      RawRequest request = RawRequest.of("POST", "/notes/mcp").json("{}");

      RawResponse refused = RawHttp.exchange(uri, request);
      assertEquals(401, refused.status(), refused::toString);
      assertTrue(
          refused
              .value("WWW-Authenticate")
              .orElse("")
              .contains("/.well-known/oauth-protected-resource/notes/mcp"),
          refused::toString);
      // At the root of the origin, where the WAR has no say.
      String document = "/.well-known/oauth-protected-resource/notes/mcp";
      assertEquals(
          RESOURCE, RawHttp.exchange(uri, RawRequest.of("GET", document)).json().get("resource"));
      RawRequest good = request.bearer(authorizationServer.tokens(RESOURCE).valid());
      assertEquals("hello alice", RawHttp.await(uri, good, 200).text());
      // The applications that come with it, its manager among them.
      for (String path : List.of("/", "/manager/html", "/docs/", "/examples/")) {
        assertEquals(401, RawHttp.exchange(uri, RawRequest.of("GET", path)).status(), path);
      }
      guardsAWarThatComesLater(uri, home.resolve("webapps").resolve("late.war"), servlets);
      Matrix.shows(Sight.ENFORCES_BASICS, Sight.TELLS_USER);
    } finally {
      tomcat.descendants().forEach(ProcessHandle::destroy);
      tomcat.destroy();
      assertTrue(tomcat.waitFor(20, TimeUnit.SECONDS));
    }
  }

  // Asked until it is there, and at once then.
  private void guardsAWarThatComesLater(URI uri, Path war, String servlets) throws IOException {
    RawRequest anonymous = RawRequest.of("POST", "/late/mcp").json("{}");
    RawRequest good = anonymous.bearer(authorizationServer.tokens(RESOURCE).valid());
    assertEquals(404, RawHttp.exchange(uri, good).status());
    deploy(war, servlets);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    RawResponse answer = RawHttp.exchange(uri, good);
    while (answer.status() == 404 && System.nanoTime() < deadline) {
      assertEquals(401, RawHttp.exchange(uri, anonymous).status());
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      answer = RawHttp.exchange(uri, good);
    }
    assertEquals(401, RawHttp.exchange(uri, anonymous).status());
    assertEquals("hello alice", answer.text());
  }

  private static Path unpacked(String version) throws IOException {
    Path target = Files.createTempDirectory(Path.of("target"), "standalone").toAbsolutePath();
    Libraries.unpack(Libraries.file("org.apache.tomcat:tomcat:zip:" + version), target);
    return target.resolve("apache-tomcat-" + version);
  }

  // Any free port, and none for its end; and what comes later is looked for every second.
  private static void configure(Path server) throws IOException {
    Files.writeString(
        server,
        Files.readString(server)
            .replace("port=\"8080\"", "port=\"0\" address=\"127.0.0.1\"")
            .replace("port=\"8005\"", "port=\"-1\"")
            .replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" "));
  }

  private static void deploy(Path war, String servlets) throws IOException {
    Path classes = Files.createTempDirectory(Path.of("target"), "war");
    Path inside = Files.createDirectories(classes.resolve("WEB-INF").resolve("classes"));
    Path servlet =
        Files.createTempDirectory(Path.of("target"), "war").resolve(SERVLET.getFileName());
    String text = Files.readString(SERVLET).replace("jakarta.servlet", servlets);
    String api = servlets.startsWith("javax") ? "9.0.113" : "10.1.62";
    Sources.compile(
        List.of(Files.writeString(servlet, text)),
        Libraries.of(List.of("org.apache.tomcat.embed:tomcat-embed-core:" + api)),
        inside);
    Files.move(Sources.jar(classes, Path.of(classes + ".war")), war);
  }

  private Process started(Path home) throws IOException {
    Map<String, String> settings = GuardedJvm.settings(RESOURCE, authorizationServer);
    ProcessBuilder script =
        new ProcessBuilder("sh", home.resolve("bin").resolve("catalina.sh").toString(), "run")
            .redirectErrorStream(true);
    script.environment().put("JAVA_HOME", System.getProperty("java.home"));
    script.environment().put("CATALINA_HOME", home.toString());
    script.environment().put("CATALINA_BASE", home.toString());
    script.environment().put("CATALINA_OPTS", "-Xmx256m " + GuardedJvm.flag(settings));
    return script.start();
  }

  private static String port(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return started.group(1);
      }
    }
    throw new IOException("Tomcat has ended");
  }
}
