package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.RemoteProbe;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Vert.x speaks beside HTTP/1.1, on a port without TLS. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VertxProtocolsIT {

  @ParameterizedTest
  @ValueSource(strings = {"4.5.36", "5.0.0", "5.1.10", "5.2.3"})
  void judgesRequestsOfHttp2(String version) throws Exception {
    try (ProtocolClient client = new ProtocolClient();
        RemoteProbe server = client.start(VertxIT.vertx(version))) {
      assertEquals(401, client.status(server.uri()));
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> refused = client.call(server.uri());
        assertEquals(HttpClient.Version.HTTP_2, refused.version());
        assertEquals(401, refused.statusCode());
        assertTrue(
            refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer "));
      }
      assertEquals(403, client.call(server.uri(), client.token("mcp:read")).statusCode());
      assertEquals(0, server.invocations());

      HttpResponse<String> admitted = client.call(server.uri(), client.token("files:write"));

      assertEquals(HttpClient.Version.HTTP_2, admitted.version());
      assertEquals(200, admitted.statusCode(), admitted::body);
      assertEquals(ProtocolClient.CALL, server.seen().get(0).body());
      assertEquals("alice", server.seen().get(0).user().orElse(""));
      Matrix.shows(Sight.ENFORCES_HTTP2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.5.36", "5.0.0", "5.1.10", "5.2.3"})
  void opensNoWebSocketWithoutAToken(String version) throws Exception {
    try (ProtocolClient client = new ProtocolClient();
        RemoteProbe server = client.start(VertxIT.vertx(version))) {
      Throwable refused =
          assertThrows(
                  CompletionException.class, () -> client.open(server.uri(), "Basic YTpi").join())
              .getCause();
      assertEquals(
          401,
          assertInstanceOf(WebSocketHandshakeException.class, refused).getResponse().statusCode());

      assertEquals("open", client.open(server.uri(), client.token("mcp:read")).join());
    }
  }
}
