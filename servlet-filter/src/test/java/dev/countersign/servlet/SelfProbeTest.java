package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the probe runs, and where it goes. The server that it finds protects nothing. */
class SelfProbeTest {

  private static final List<String> ONCE =
      List.of("/mcp", "/.well-known/oauth-protected-resource/mcp");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final SelfProbe probe = new SelfProbe(Runnable::run);
  private final ResourceServer engine = ResourceServer.create(config(true));
  private HttpServer server;

  private static ResourceServerConfig config(boolean selfCheck) {
    return ResourceServerConfig.builder("https://mcp.example/mcp")
        .authorizationServer("https://id.example")
        .selfCheck(selfCheck)
        .build();
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    engine.close();
    server.stop(0);
  }

  private FakeRequest request() {
    FakeRequest request = FakeRequest.of("POST", "/mcp").header("Host", "attacker.example:1");
    request.localPort = server.getAddress().getPort();
    return request;
  }

  @Test
  void K06_theFirstRequestBeginsItAndNoOther() {
    probe.begin(request().proxy(), engine);
    probe.begin(request().proxy(), engine);

    assertEquals(ONCE, asked);
    assertEquals(List.of("D32", "D18"), engine.findings().stream().map(Finding::id).toList());
  }

  @Test
  void anotherConfigurationBeginsItAnew() {
    probe.begin(request().proxy(), engine);
    engine.reload(() -> config(true));
    assertEquals(List.of(), engine.findings());
    probe.begin(request().proxy(), engine);

    assertEquals(4, asked.size());
    assertEquals(2, engine.findings().size());
  }

  @Test
  void goesToThisMachineWhateverTheContainerBelieves() {
    for (String address : List.of("203.0.113.7", "proxy.example", "::1%x%", "")) {
      asked.clear();
      FakeRequest request = request();
      request.localAddress = address;
      new SelfProbe(Runnable::run).begin(request.proxy(), engine);

      assertEquals(ONCE, asked, address);
    }
  }

  @Test
  void doesNotRunWithoutAPortOrWhenItIsSwitchedOff() {
    FakeRequest without = request();
    without.localPort = -1;
    probe.begin(without.proxy(), engine);
    try (ResourceServer off = ResourceServer.create(config(false))) {
      new SelfProbe(Runnable::run).begin(request().proxy(), off);
    }

    assertEquals(List.of(), asked);
  }
}
