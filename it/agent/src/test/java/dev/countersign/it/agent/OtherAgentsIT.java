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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent beside another agent. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OtherAgentsIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

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

  // Servers whose classes both agents change, with threads for requests and with event loops.
  static List<ServerProgram> servers() {
    return List.of(
        TomcatIT.tomcat("10.1.62", "jakarta.servlet"),
        Jetty12IT.core(Jetty12IT.NEWEST),
        UndertowIT.handler("2.4.4.Final"),
        ReactorNettyIT.reactorNetty("1.3.7"),
        VertxIT.vertx("5.2.3"));
  }

  // The newest one; it instruments these servers, the servlet API, java.net.http and much more.
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

  @ParameterizedTest
  @MethodSource("servers")
  void worksBehindOpenTelemetry(ServerProgram program) throws Exception {
    bothWork(program, openTelemetry(), GuardedJvm.flag(settings()));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void worksBeforeOpenTelemetry(ServerProgram program) throws Exception {
    bothWork(program, GuardedJvm.flag(settings()), openTelemetry());
  }

  private void bothWork(ServerProgram program, String... agents) throws Exception {
    Path log = GuardedJvm.log("telemetry");
    try (RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, log, agents, TRACES))) {
      isGuarded(server);
    }
    // A span of the request that the application has handled.
    String printed = Files.readString(log);
    assertTrue(printed.contains("LoggingSpanExporter - 'POST"), printed);
  }
}
