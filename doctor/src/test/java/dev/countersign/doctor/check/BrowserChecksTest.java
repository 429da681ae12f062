package dev.countersign.doctor.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.doctor.wire.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrowserChecksTest {

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<Finding> findings() {
    URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/mcp");
    try (Caller caller = new Caller(() -> {}, ProxySelector.of(null))) {
      Site site = new Site(url, caller, Site.Means.NONE, Clock.systemUTC());
      return BrowserChecks.all().stream().flatMap(check -> check.look(site).stream()).toList();
    }
  }

  // Takes the server's own origin alone, and breaks the connection of one other.
  private static void answer(HttpExchange exchange, String origin) throws IOException {
    try (exchange) {
      if (origin.equals("https://chatgpt.com")) {
        return;
      }
      if (!origin.startsWith("http://localhost")) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
      exchange
          .getResponseHeaders()
          .set("Access-Control-Expose-Headers", "WWW-Authenticate, Mcp-Session-Id");
      exchange
          .getResponseHeaders()
          .set(
              "Access-Control-Allow-Headers",
              "Authorization, Content-Type, Mcp-Protocol-Version, Mcp-Session-Id");
      exchange.sendResponseHeaders(exchange.getRequestMethod().equals("OPTIONS") ? 204 : 401, -1);
    }
  }

  @Test
  void H09_asksWithAnOriginThatWasAnswered() {
    server.createContext(
        "/", exchange -> answer(exchange, exchange.getRequestHeaders().getFirst("Origin")));
    server.start();

    assertEquals(List.of(), findings());
  }

  @Test
  void H09_tellsThatThePreflightOfTheOwnOriginIsRefused() {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(403, -1);
          }
        });
    server.start();

    assertEquals(List.of(CheckId.D33), findings().stream().map(Finding::check).toList());
  }
}
