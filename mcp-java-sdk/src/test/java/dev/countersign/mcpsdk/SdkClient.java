package dev.countersign.mcpsdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the tool of an {@link SdkServer}. Thread-safe. */
final class SdkClient {

  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;

  SdkClient(URI uri) {
    this.uri = uri;
  }

  /** Opens a session. */
  String initialize(String token) throws IOException, InterruptedException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
            + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    HttpResponse<String> response = post(token, Optional.empty(), body);
    assertEquals(200, response.statusCode(), response::body);
    String session = response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    String initialized = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    assertEquals(202, post(token, Optional.of(session), initialized).statusCode());
    return session;
  }

  /** The text that the tool answers. */
  String whoami(String token, Optional<String> session) throws IOException, InterruptedException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"whoami\","
            + "\"arguments\":{}}}";
    HttpResponse<String> response = post(token, session, body);
    assertEquals(200, response.statusCode(), response::body);
    Matcher text = TEXT.matcher(response.body());
    return text.find() ? text.group(1) : response.body();
  }

  /** The names of the tools that the token sees. */
  List<String> tools(String token, Optional<String> session)
      throws IOException, InterruptedException {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\",\"params\":{}}";
    HttpResponse<String> response = post(token, session, body);
    assertEquals(200, response.statusCode(), response::body);
    return NAME.matcher(response.body()).results().map(found -> found.group(1)).sorted().toList();
  }

  /** The whole answer to a call of a tool. */
  String call(String tool, String token, Optional<String> session)
      throws IOException, InterruptedException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":{}}}";
    return post(token, session, body).body();
  }

  private HttpResponse<String> post(String token, Optional<String> session, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    session.ifPresent(id -> request.header("Mcp-Session-Id", id));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
