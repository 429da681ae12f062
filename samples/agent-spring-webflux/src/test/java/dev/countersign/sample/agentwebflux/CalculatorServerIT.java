package dev.countersign.sample.agentwebflux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server with the flag, and nothing else, in a JVM of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CalculatorServerIT {

  private static final String RESOURCE = "http://localhost:8080/mcp";
  private static final FakeAuthorizationServer AUTHORIZATION_SERVER =
      FakeAuthorizationServer.start();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static GuardedServer server;

  @BeforeAll
  static void start() throws Exception {
    server = GuardedServer.start(RESOURCE, AUTHORIZATION_SERVER.issuer());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    AUTHORIZATION_SERVER.close();
  }

  private static HttpResponse<String> post(String method, String params, String... fields)
      throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri().resolve("/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> initialize(String... fields) throws Exception {
    return post(
        "initialize",
        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}",
        fields);
  }

  private static String bearer(String scope) {
    return "Bearer " + AUTHORIZATION_SERVER.tokens(RESOURCE).mint().scope(scope).text();
  }

  @Test
  void S01_challengesAClientWithoutAToken() throws Exception {
    HttpResponse<String> refused = initialize();

    assertEquals(401, refused.statusCode(), refused::body);
    assertEquals(
        List.of(
            "Bearer scope=\"mcp:tools\", resource_metadata="
                + "\"http://localhost:8080/.well-known/oauth-protected-resource/mcp\""),
        refused.headers().allValues("WWW-Authenticate"));
  }

  @Test
  void M01_leadsTheClientToTheAuthorizationServer() throws Exception {
    URI document = server.uri().resolve("/.well-known/oauth-protected-resource/mcp");

    HttpResponse<String> answer =
        CLIENT.send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains(AUTHORIZATION_SERVER.issuer()), answer::body);
  }

  @Test
  void U01_listsAndCallsToolsWithAToken() throws Exception {
    String token = bearer("mcp:tools");
    HttpResponse<String> initialized = initialize("Authorization", token);
    assertEquals(200, initialized.statusCode(), initialized::body);
    String session = initialized.headers().firstValue("Mcp-Session-Id").orElseThrow();
    String[] fields = {"Authorization", token, "Mcp-Session-Id", session};

    HttpResponse<String> listed = post("tools/list", "{}", fields);
    HttpResponse<String> added = call("add", fields);
    HttpResponse<String> refused = call("divide", fields);

    assertTrue(listed.body().contains("\"divide\""), listed::body);
    assertTrue(added.body().contains("44.0"), added::body);
    assertEquals(403, refused.statusCode(), refused::body);
    assertTrue(
        refused.headers().firstValue("WWW-Authenticate").orElse("").contains("notes:write"),
        refused::toString);
  }

  private static HttpResponse<String> call(String tool, String... fields) throws Exception {
    return post(
        "tools/call",
        "{\"name\":\"" + tool + "\",\"arguments\":{\"first\":40,\"second\":4}}",
        fields);
  }
}
