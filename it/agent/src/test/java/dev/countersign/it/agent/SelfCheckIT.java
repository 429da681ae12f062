package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the agent finds out about the JVM that it guards, and what it does then. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SelfCheckIT {

  private static final RawRequest REQUEST = RawRequest.of("GET", "/mcp");

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "resource", "https://mcp.example.com/mcp",
              "allow-http-on-loopback", "true",
              "strict-start", "true"));

  private Process start(String issuer, Path log) throws IOException {
    settings.put("authorization-servers", issuer);
    return GuardedJvm.start(
        new ServerProgram("jdk-login/LoginServer", List.of(), ""),
        log,
        new String[] {GuardedJvm.flag(settings)},
        new String[0]);
  }

  private static String goneIssuer() {
    try (FakeAuthorizationServer gone = FakeAuthorizationServer.start()) {
      return gone.issuer();
    }
  }

  private static void awaitLine(Path log, String text) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!Files.readString(log).contains(text)) {
      assertTrue(System.nanoTime() < deadline, () -> "nothing is logged that contains " + text);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  @Test
  void K06_M04_callsThePortThatItGuards() throws Exception {
    Path log = GuardedJvm.log("well");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server = RemoteProbe.of(start(as.issuer(), log))) {
      assertEquals(401, RawHttp.await(server.uri(), REQUEST, 401).status());

      awaitLine(log, "self-check: this server answers as clients expect");
    }
  }

  @Test
  void M70_stopsIfTheAuthorizationServerIsNotThere() throws Exception {
    Path log = GuardedJvm.log("exit");
    Process process = start(goneIssuer(), log);
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(3, process.exitValue());
      assertTrue(
          Files.readString(log).contains("countersign: strict-start: D46 authorization server "));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void M70_servesNothingIfTheAuthorizationServerIsNotThere() throws Exception {
    settings.put("on-startup-failure", "deny");
    Path log = GuardedJvm.log("deny");
    try (RemoteProbe server = RemoteProbe.of(start(goneIssuer(), log))) {
      assertEquals(503, RawHttp.await(server.uri(), REQUEST, 503).status());
      awaitLine(log, "countersign: strict-start: D46 authorization server ");
      for (String path : List.of("/mcp", "/.well-known/oauth-protected-resource/mcp")) {
        assertEquals(503, RawHttp.exchange(server.uri(), RawRequest.of("GET", path)).status());
      }
    }
  }
}
