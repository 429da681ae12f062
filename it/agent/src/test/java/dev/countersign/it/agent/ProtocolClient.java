package dev.countersign.it.agent;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A client of HTTP/2 and WebSocket, with an authorization server for its tokens. */
final class ProtocolClient implements AutoCloseable {

  /** A call of a tool that needs the scope {@code files:write}. */
  static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete_file\"}}";

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final HttpClient client = HttpClient.newHttpClient();

  /** Starts a guarded server that knows this authorization server. */
  RemoteProbe start(ServerProgram program) throws IOException {
    return RemoteProbe.of(
        GuardedJvm.start(
            program,
            GuardedJvm.settings(
                RESOURCE, authorizationServer, "scopes.tool.delete_file", "files:write")));
  }

  /** Credentials with one scope. */
  String token(String scope) {
    return "Bearer " + authorizationServer.tokens(RESOURCE).mint().scope(scope).text();
  }

  /** Asks without a body, which is what every server lets upgrade its connection to HTTP/2. */
  int status(URI server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/mcp")).timeout(PATIENCE).GET().build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Calls the tool. */
  HttpResponse<String> call(URI server, String... credentials) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/mcp"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(CALL));
    for (String one : credentials) {
      request.header("Authorization", one);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Opens a WebSocket; gives the first message of the server. */
  CompletableFuture<String> open(URI server, String credentials) {
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
        .connectTimeout(PATIENCE)
        .buildAsync(URI.create("ws://localhost:" + server.getPort() + "/mcp"), listener)
        .thenCompose(socket -> first);
  }

  @Override
  public void close() {
    authorizationServer.close();
  }
}
