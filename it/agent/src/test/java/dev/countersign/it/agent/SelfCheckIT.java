package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    return start(new ServerProgram("jdk-login/LoginServer", List.of(), ""), issuer, log);
  }

  private Process start(ServerProgram program, String issuer, Path log) throws IOException {
    settings.put("authorization-servers", issuer);
    return GuardedJvm.start(program, log, new String[] {GuardedJvm.flag(settings)}, new String[0]);
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

  static List<ServerProgram> serversWithTls() {
    return List.of(
        new ServerProgram("jdk-tls/TlsJdkServer", List.of(), ""),
        new ServerProgram(
            "tomcat-tls/TlsTomcat",
            List.of("org.apache.tomcat.embed:tomcat-embed-core:10.1.62"),
            "jakarta.servlet"),
        new ServerProgram(
            "undertow-tls/TlsUndertow", List.of("io.undertow:undertow-core:2.3.26.Final"), ""));
  }

  // The certificate is for the public name, and of an authority that nobody knows.
  @ParameterizedTest
  @MethodSource("serversWithTls")
  void K06_M04_callsAPortThatSpeaksTls(ServerProgram program) throws Exception {
    Path log = GuardedJvm.log("tls");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server = RemoteProbe.of(start(program, as.issuer(), log))) {
      awaitLine(log, "self-check: this server answers as clients expect");

      assertEquals(401, statusThroughTls(server.uri()));
      assertFalse(Files.readString(log).contains("is not proven"), log::toString);
    }
  }

  private static int statusThroughTls(URI server) throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Trusting()}, null);
    try (Socket socket =
        trusting.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(REQUEST.with("Connection", "close").bytes());
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 "), answer);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  /** Takes every certificate: this is about what the server says of itself. */
  private static final class Trusting implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
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
