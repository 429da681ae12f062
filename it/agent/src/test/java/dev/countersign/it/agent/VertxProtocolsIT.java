package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RemoteProbe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Vert.x speaks beside HTTP/1.1, on a port without TLS. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VertxProtocolsIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete_file\"}}";

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    authorizationServer.close();
  }

  private RemoteProbe start(String version) throws Exception {
    return RemoteProbe.of(
        GuardedJvm.start(
            VertxIT.vertx(version),
            Map.of(
                "resource",
                RESOURCE,
                "authorization-servers",
                authorizationServer.issuer(),
                "scopes.tool.delete_file",
                "files:write",
                "allow-http-on-loopback",
                "true")));
  }

  private String token(String scope) {
    return "Bearer " + authorizationServer.tokens(RESOURCE).mint().scope(scope).text();
  }

  private HttpResponse<String> post(URI server, String... fields) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/mcp"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(CALL));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.5.36", "5.0.0", "5.1.10", "5.2.3"})
  void judgesRequestsOfHttp2(String version) throws Exception {
    try (RemoteProbe server = start(version)) {
      // The first one of a connection is an upgrade from HTTP/1.1, the others are not.
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> refused = post(server.uri());
        assertEquals(HttpClient.Version.HTTP_2, refused.version());
        assertEquals(401, refused.statusCode());
        assertTrue(
            refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer "));
      }
      assertEquals(403, post(server.uri(), "Authorization", token("mcp:read")).statusCode());
      assertEquals(0, server.invocations());

      HttpResponse<String> admitted = post(server.uri(), "Authorization", token("files:write"));

      assertEquals(HttpClient.Version.HTTP_2, admitted.version());
      assertEquals(200, admitted.statusCode(), admitted::body);
      assertEquals(CALL, server.seen().get(0).body());
      assertEquals("alice", server.seen().get(0).user().orElse(""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.5.36", "5.0.0", "5.1.10", "5.2.3"})
  void opensNoWebSocketWithoutAToken(String version) throws Exception {
    try (RemoteProbe server = start(version)) {
      Throwable refused =
          assertThrows(CompletionException.class, () -> open(server.uri(), "Basic YTpi").join())
              .getCause();
      assertEquals(
          401,
          assertInstanceOf(WebSocketHandshakeException.class, refused).getResponse().statusCode());

      assertEquals("open", open(server.uri(), token("mcp:read")).join());
    }
  }

  /** The first message of the server. */
  private CompletableFuture<String> open(URI server, String credentials) {
    CompletableFuture<String> first = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            first.complete(text.toString());
            socket.abort();
            return first;
          }
        };
    return client
        .newWebSocketBuilder()
        .header("Authorization", credentials)
        .connectTimeout(Duration.ofSeconds(20))
        .buildAsync(URI.create("ws://localhost:" + server.getPort() + "/mcp"), listener)
        .thenCompose(socket -> first);
  }
}
