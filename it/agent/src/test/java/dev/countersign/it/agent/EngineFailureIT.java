package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent stands and its engine does not: nothing is served, on threads and on event loops. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EngineFailureIT {

  private static final String SETTINGS =
      "=resource=https://mcp.example.com/mcp,authorization-servers=https://id.example.com";

  private static Path agent = Path.of("");

  // The agent without the class of its engine.
  @BeforeAll
  static void damage() throws IOException {
    agent = Files.createTempFile(Path.of("target"), "damaged", ".jar");
    Files.copy(GuardedJvm.agent(), agent, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem jar = FileSystems.newFileSystem(agent)) {
      Files.delete(jar.getPath("inside", "dev", "countersign", "Engine.classdata"));
    }
  }

  static List<ServerProgram> servers() {
    return List.of(
        ReactorNettyIT.reactorNetty("1.3.7"),
        VertxIT.vertx("5.2.3"),
        MicronautIT.micronaut("4.10.36"),
        KtorIT.ktor("netty", "3.5.2"),
        KtorIT.ktor("cio", "3.6.1"),
        UndertowIT.handler("2.4.4.Final"),
        Jetty12IT.core(Jetty12IT.NEWEST),
        HelidonIT.helidon("4.5.0"));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void K09_servesNothingAndGoesOn(ServerProgram program) throws Exception {
    assumeTrue(
        !program.name().startsWith("helidon/") || Runtime.version().feature() >= 21,
        "Helidon 4 needs JDK 21 or newer");
    Process process =
        GuardedJvm.start(
            program,
            GuardedJvm.log("damaged"),
            new String[] {"-javaagent:" + agent + SETTINGS},
            new String[0]);
    try (RemoteProbe server = RemoteProbe.of(process)) {
      for (String path : List.of("/mcp", "/", "/.well-known/oauth-protected-resource/mcp")) {
        for (RawRequest request :
            List.of(RawRequest.of("GET", path), RawRequest.of("POST", path).json("{}"))) {
          RawResponse answer = RawHttp.exchange(server.uri(), request.bearer("x"));

          assertEquals(503, answer.status(), answer::toString);
          assertEquals("5", answer.value("Retry-After").orElse(""), answer::toString);
        }
      }
      assertEquals(0, server.invocations());
      // Its guard has answered, so the port is no reason to stop the JVM.
      GuardLog.awaitGuarded(server.uri().getPort());
      assertTrue(process.isAlive());
    }
  }
}
