package dev.countersign.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other servers do, and must be blamed for, or must not. */
class FairnessTest {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private final FakeAuthorizationServer issuer = FakeAuthorizationServer.start();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    issuer.close();
  }

  private String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private Outcome outcome(String id) throws IOException {
    String url = origin() + "/mcp";
    Subject subject = new Subject(URI.create(url), issuer, url, Features.NONE);
    Rule rule = Suite.rules().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    return rule.trial().run(subject);
  }

  /** The challenge names the document at the root, which is about the origin. GET is unknown. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = "";
    int status = exchange.getRequestMethod().equals("GET") ? 405 : 401;
    if (path.startsWith(WELL_KNOWN)) {
      status = 200;
      body = "{\"resource\":\"" + origin() + path.substring(WELL_KNOWN.length()) + "\"}";
    } else if (status == 401) {
      exchange
          .getResponseHeaders()
          .add("WWW-Authenticate", "Bearer resource_metadata=\"" + origin() + WELL_KNOWN + "\"");
    }
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void blamesAnotherResourceBehindTheChallenge() throws IOException {
    Outcome.Broken broken = assertInstanceOf(Outcome.Broken.class, outcome("M15"));

    assertTrue(broken.why().endsWith("at the URL of the challenge"), broken::why);
  }

  @Test
  void aMethodThatIsNotThereNeedsNoToken() throws IOException {
    assertEquals(new Outcome.Kept(), outcome("H14"));
    assertInstanceOf(Outcome.Broken.class, outcome("H15"));
  }
}
