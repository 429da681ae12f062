package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** One JVM with three servers on six sockets: one engine holds all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SeveralServersIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private static final ServerProgram PROGRAM =
      new ServerProgram(
          "several/SeveralServers",
          List.of(
              "org.apache.tomcat.embed:tomcat-embed-core:10.1.62",
              "org.eclipse.jetty:jetty-server:" + Jetty12IT.NEWEST,
              "org.eclipse.jetty:jetty-unixdomain-server:" + Jetty12IT.NEWEST),
          "");

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);
  private RemoteProbe server;
  private Path sockets;

  @BeforeAll
  void start() throws IOException {
    // The path of a socket has at most some hundred characters.
    sockets = Files.createTempDirectory(Path.of("target"), "c");
    Map<String, String> settings = GuardedJvm.settings(RESOURCE, authorizationServer);
    server = RemoteProbe.of(GuardedJvm.start(PROGRAM, settings, "-Dsockets=" + sockets));
    RawHttp.await(server.uri(), get().bearer(tokens.valid()), 200);
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    authorizationServer.close();
    for (String name : List.of("ports", "tomcat", "jetty")) {
      Files.deleteIfExists(sockets.resolve(name));
    }
    Files.delete(sockets);
  }

  private static RawRequest get() {
    return RawRequest.of("GET", "/mcp").with("Connection", "close");
  }

  @Test
  void K10_PA20_holdsEveryPortOfEveryServer() throws IOException {
    List<String> ports = Arrays.asList(Files.readString(sockets.resolve("ports")).split(" "));
    assertEquals(4, ports.size());
    for (String port : ports) {
      URI uri = URI.create("http://localhost:" + port);

      RawResponse refused = RawHttp.exchange(uri, get());
      assertEquals(401, refused.status(), port);
      assertTrue(refused.text().contains("resource_metadata"), refused::text);

      RawResponse admitted = RawHttp.exchange(uri, get().bearer(tokens.valid()));
      assertEquals(200, admitted.status(), port);
      assertEquals("reached", admitted.text());
    }
  }

  @Test
  void K10_PA20_holdsUnixDomainSockets() throws IOException {
    for (String name : List.of("tomcat", "jetty")) {
      String refused = exchange(sockets.resolve(name), get());
      assertTrue(refused.startsWith("HTTP/1.1 401"), refused);
      assertFalse(refused.contains("reached"), refused);

      String admitted = exchange(sockets.resolve(name), get().bearer(tokens.valid()));
      assertTrue(admitted.startsWith("HTTP/1.1 200"), admitted);
      assertTrue(admitted.contains("reached"), admitted);
    }
  }

  // Tomcat has an error page for 401, which is a dispatch within it.
  @Test
  void PA16_leadsNoRefusalToAnErrorPage() throws IOException {
    RawResponse refused = RawHttp.exchange(server.uri(), get());

    assertEquals(401, refused.status());
    assertFalse(refused.text().contains("reached"), refused::text);
  }

  private static String exchange(Path socket, RawRequest request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer out = ByteBuffer.wrap(request.bytes());
      while (out.hasRemaining()) {
        channel.write(out);
      }
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      ByteBuffer in = ByteBuffer.allocate(8192);
      while (channel.read(in) >= 0) {
        received.write(in.array(), 0, in.position());
        in.clear();
      }
      return received.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
