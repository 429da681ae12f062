package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.testkit.RemoteProbe;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Helidon speaks beside HTTP/1.1, on a port without TLS. WebSockets are held in two places:
 * before 4.5 they pass no routing of HTTP.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HelidonProtocolsIT {

  private static ServerProgram helidon(String version) {
    return new ServerProgram(
        "helidon-protocols/HelidonProtocols",
        List.of(
            "io.helidon.webserver:helidon-webserver:" + version,
            "io.helidon.webserver:helidon-webserver-http2:" + version,
            "io.helidon.webserver:helidon-webserver-websocket:" + version),
        "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.4.0", "4.5.0"})
  void judgesRequestsOfHttp2(String version) throws Exception {
    try (ProtocolClient client = new ProtocolClient();
        RemoteProbe server = client.start(helidon(version))) {
      assertEquals(401, client.status(server.uri()));
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> refused = client.call(server.uri());
        assertEquals(HttpClient.Version.HTTP_2, refused.version());
        assertEquals(401, refused.statusCode());
      }
      assertEquals(403, client.call(server.uri(), client.token("mcp:read")).statusCode());

      HttpResponse<String> admitted = client.call(server.uri(), client.token("files:write"));

      assertEquals(HttpClient.Version.HTTP_2, admitted.version());
      assertEquals(200, admitted.statusCode(), admitted::body);
      assertEquals(ProtocolClient.CALL, admitted.body());
      assertEquals("alice", admitted.headers().firstValue("Seen-User").orElse(""));
      Matrix.shows(Sight.ENFORCES_HTTP2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.4.0", "4.5.0"})
  void opensNoWebSocketWithoutAToken(String version) throws Exception {
    try (ProtocolClient client = new ProtocolClient();
        RemoteProbe server = client.start(helidon(version))) {
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
