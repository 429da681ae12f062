package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.VirtualMachine;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attached to a JVM that runs already, the agent holds what stands there, or says that it cannot.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AttachIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final RawRequest REQUEST = RawRequest.of("POST", "/mcp").json("{}");

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    authorizationServer.close();
  }

  static Stream<ServerProgram> held() {
    return Stream.of(
        TomcatIT.tomcat("11.0.27", "jakarta.servlet"),
        Jetty12IT.core("12.1.14"),
        Jetty9IT.jetty("9.4.58.v20250814", "javax.servlet"),
        UndertowIT.handler("2.4.4.Final"),
        HelidonIT.helidon("4.5.0"));
  }

  @ParameterizedTest
  @MethodSource("held")
  void K10_holdsAServerThatRunsAlready(ServerProgram program) throws Exception {
    assumeTrue(
        !program.name().startsWith("helidon/") || Runtime.version().feature() >= 21,
        "Helidon 4 needs JDK 21 or newer");
    Process process = start(program, GuardedJvm.log("attached"));
    try (RemoteProbe server = RemoteProbe.of(process);
        RawHttp kept = RawHttp.connect(server.uri())) {
      assertEquals(200, kept.exchange(REQUEST).status());
      server.clear();

      attach(process, settings());

      isRefused(kept.exchange(REQUEST));
      isRefused(RawHttp.exchange(server.uri(), REQUEST));
      assertEquals(0, server.invocations());
      RawRequest good = REQUEST.bearer(authorizationServer.tokens(RESOURCE).valid());
      assertEquals(200, RawHttp.await(server.uri(), good, 200).status());
      assertEquals("alice", server.seen().get(0).user().orElse(""));
    }
  }

  static Stream<Arguments> late() {
    return Stream.of(
        Arguments.of("JDK HttpServer", new ServerProgram("jdk/JdkServer", List.of(), "")),
        Arguments.of("Reactor Netty", ReactorNettyIT.reactorNetty("1.3.7")),
        Arguments.of("Eclipse Vert.x", VertxIT.vertx("4.5.36")),
        Arguments.of("Eclipse Vert.x", VertxIT.vertx("5.2.3")),
        Arguments.of("Micronaut", MicronautIT.micronaut("4.10.36")),
        Arguments.of("Ktor", KtorIT.ktor("cio", "3.6.1")));
  }

  @ParameterizedTest
  @MethodSource("late")
  void K10_refusesAServerThatIsHeldFromItsStartOnOnly(String title, ServerProgram program)
      throws Exception {
    Path log = GuardedJvm.log("late");
    Process process = start(program, log);
    try (RemoteProbe server = RemoteProbe.of(process)) {
      assertEquals(200, RawHttp.exchange(server.uri(), REQUEST).status());

      isRefused(process, settings(), log, "nothing was changed", title + " is there already");

      assertEquals(200, RawHttp.exchange(server.uri(), REQUEST).status());
    }
  }

  @Test
  void tellsWrongSettingsAndLeavesThePlaceToRightOnes() throws Exception {
    Path log = GuardedJvm.log("wrong");
    Process process = start(TomcatIT.tomcat("11.0.27", "jakarta.servlet"), log);
    try (RemoteProbe server = RemoteProbe.of(process)) {
      isRefused(
          process,
          Map.of("resource", RESOURCE, "modus", "enforce"),
          log,
          "countersign: the agent is not configured:",
          "modus",
          "authorization-servers");
      assertEquals(200, RawHttp.exchange(server.uri(), REQUEST).status());

      attach(process, settings());

      isRefused(RawHttp.exchange(server.uri(), REQUEST));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"by the flag", "by attaching"})
  void keepsTheSettingsOfTheFirst(String way) throws Exception {
    boolean byFlag = way.equals("by the flag");
    String[] flag = byFlag ? new String[] {GuardedJvm.flag(settings())} : new String[0];
    Path log = GuardedJvm.log("second");
    Process process =
        GuardedJvm.start(
            TomcatIT.tomcat("11.0.27", "jakarta.servlet"),
            log,
            flag,
            new String[] {"-XX:+EnableDynamicAgentLoading"});
    try (RemoteProbe server = RemoteProbe.of(process)) {
      if (!byFlag) {
        attach(process, settings());
      }
      String challenge = challenge(server);

      attach(process, settings("required-scopes", "of:the-second"));

      String said = Files.readString(log);
      assertTrue(said.contains("WARNING: the agent is there already, with the settings"), said);
      assertEquals(challenge, challenge(server));
    }
  }

  private static String challenge(RemoteProbe server) throws IOException {
    RawResponse refused = RawHttp.exchange(server.uri(), REQUEST);
    isRefused(refused);
    return refused.value("WWW-Authenticate").orElse("");
  }

  @Test
  void K10_refusesAServerThatHasChanged() throws Exception {
    Path log = GuardedJvm.log("changed");
    try (Unknown server = Unknown.start(log, "org.apache.catalina.connector.CoyoteAdapter")) {
      for (String failure : List.of("exit", "deny")) {
        isRefused(
            server.process(),
            settings("on-startup-failure", failure),
            log,
            "nothing was changed",
            "CoyoteAdapter cannot be guarded");
        assertEquals(200, RawHttp.exchange(server.uri(), REQUEST).status());
      }
    }
  }

  @Test
  void K10_tellsOfAPortThatWasOpenBefore() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/fd")), "only Linux tells which ports are open");
    Path log = GuardedJvm.log("open");
    try (Unknown server = Unknown.start(log)) {
      isRefused(
          server.process(),
          settings(),
          log,
          "not in front of everything",
          "port " + server.uri().getPort() + " is not guarded: it was open before");
    }
  }

  @Test
  void leavesAPortThatIsNamed() throws Exception {
    Path log = GuardedJvm.log("named");
    try (Unknown server = Unknown.start(log)) {
      String port = String.valueOf(server.uri().getPort());

      attach(server.process(), settings("unguarded-ports", port));

      assertFalse(Files.readString(log).contains("is not guarded"), Files.readString(log));
    }
  }

  /** A JVM with a server that no agent knows. */
  private record Unknown(Process process, URI uri) implements AutoCloseable {

    static Unknown start(Path log, String... classes) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              Stream.concat(
                      Stream.of(
                          GuardedJvm.java(),
                          "-cp",
                          Sources.programs().toString(),
                          "UnknownServer",
                          "0"),
                      Stream.of(classes))
                  .toList());
      Process process = builder.redirectError(log.toFile()).start();
      BufferedReader out = process.inputReader();
      String port = out.readLine().substring("port ".length());
      return new Unknown(process, URI.create("http://localhost:" + port));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private Map<String, String> settings(String... more) {
    return GuardedJvm.settings(RESOURCE, authorizationServer, more);
  }

  private static Process start(ServerProgram program, Path log) throws IOException {
    return GuardedJvm.start(
        program, log, new String[0], new String[] {"-XX:+EnableDynamicAgentLoading"});
  }

  private static void attach(Process process, Map<String, String> settings) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
    try {
      String flag = GuardedJvm.flag(settings);
      machine.loadAgent(GuardedJvm.agent().toString(), flag.substring(flag.indexOf('=') + 1));
    } finally {
      machine.detach();
    }
  }

  private static void isRefused(
      Process process, Map<String, String> settings, Path log, String... told) throws Exception {
    assertThrows(AgentInitializationException.class, () -> attach(process, settings));
    String printed = Files.readString(log);
    for (String text : told) {
      assertTrue(printed.contains(text), printed);
    }
    assertTrue(process.isAlive());
  }

  private static void isRefused(RawResponse response) {
    assertEquals(401, response.status(), response::toString);
    assertTrue(
        response.value("WWW-Authenticate").orElse("").contains("resource_metadata"),
        response::toString);
  }
}
