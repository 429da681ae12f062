package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent beside another agent. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OtherAgentsIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final ServerProgram TOMCAT =
      new ServerProgram(
          "tomcat/TomcatServer",
          List.of("org.apache.tomcat.embed:tomcat-embed-core:10.1.62"),
          "jakarta.servlet");

  private static final String[] TRACES = {
    "-Dotel.traces.exporter=logging",
    "-Dotel.metrics.exporter=none",
    "-Dotel.logs.exporter=none",
    "-Dotel.bsp.schedule.delay=100"
  };

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    authorizationServer.close();
  }

  private Map<String, String> settings() {
    return GuardedJvm.settings(RESOURCE, authorizationServer);
  }

  // The newest one; it instruments the servlet API, Tomcat, java.net.http and much more.
  static String openTelemetry() {
    Path jar =
        Libraries.of(List.of("io.opentelemetry.javaagent:opentelemetry-javaagent:2.30.0")).get(0);
    return "-javaagent:" + jar;
  }

  private void isGuarded(RemoteProbe server) throws Exception {
    RawRequest request = RawRequest.of("POST", "/mcp").json("{}");
    RawResponse refused = RawHttp.exchange(server.uri(), request);
    assertEquals(401, refused.status(), refused::toString);
    assertTrue(
        refused.value("WWW-Authenticate").orElse("").contains("resource_metadata"),
        refused::toString);
    assertEquals(0, server.invocations());
    RawRequest good = request.bearer(authorizationServer.tokens(RESOURCE).valid());
    assertEquals(200, RawHttp.await(server.uri(), good, 200).status());
    assertEquals("alice", server.seen().get(0).user().orElse(""));
  }

  @Test
  void worksBehindOpenTelemetry() throws Exception {
    bothWork(openTelemetry(), GuardedJvm.flag(settings()));
  }

  @Test
  void worksBeforeOpenTelemetry() throws Exception {
    bothWork(GuardedJvm.flag(settings()), openTelemetry());
  }

  private void bothWork(String... agents) throws Exception {
    Path log = GuardedJvm.log("telemetry");
    try (RemoteProbe server = RemoteProbe.of(GuardedJvm.start(TOMCAT, log, agents, TRACES))) {
      isGuarded(server);
    }
    // A span of the request that the application has handled.
    String printed = Files.readString(log);
    assertTrue(printed.contains("LoggingSpanExporter - 'POST"), printed);
  }
}
