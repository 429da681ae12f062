package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What a client sees of a real MCP server that knows nothing of authorization, under the agent. Its
 * program says {@code probe URI} when it listens, ends with its standard input, and has the tool
 * {@code add}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class McpServerContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
  private static final String CALL =
      """
      {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"add",\
      "arguments":{"one":20,"other":22}}}\
      """;

  private final ServerProgram program;
  private final HttpClient.Version version;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private Optional<RemoteProbe> server = Optional.empty();
  private HttpClient client = HttpClient.newHttpClient();

  /**
   * For the subclass.
   *
   * @param program the server
   * @param version what the client speaks: HTTP/2 is asked for by an upgrade
   */
  McpServerContract(ServerProgram program, HttpClient.Version version) {
    this.program = program;
    this.version = version;
  }

  @BeforeAll
  void start() throws Exception {
    Map<String, String> settings =
        GuardedJvm.settings(
            RESOURCE,
            authorizationServer,
            "required-scopes",
            "mcp:read",
            "scopes.tool.add",
            "math:add",
            "unlisted-tools",
            "allow",
            "filter-lists",
            String.valueOf(filtersLists()));
    client = HttpClient.newBuilder().version(version).build();
    Process process = GuardedJvm.start(program, settings, GuardLog.flags());
    server = Optional.of(RemoteProbe.of(process));
    // Servers take no upgrade together with a body.
    document();
  }

  /** Whether the lists of this server can be filtered. */
  boolean filtersLists() {
    return version == HttpClient.Version.HTTP_1_1;
  }

  private HttpResponse<String> document() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/.well-known/oauth-protected-resource/mcp")).build();
    return client.send(request, BodyHandlers.ofString());
  }

  @AfterAll
  void stop() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
    authorizationServer.close();
  }

  private HttpResponse<String> post(String body, String... fields) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return server.orElseThrow().uri().resolve(path);
  }

  private String bearer(String scope) {
    return "Bearer " + authorizationServer.tokens(RESOURCE).mint().scope(scope).text();
  }

  @Test
  void K10_saysThatItsPortIsGuarded() throws IOException {
    GuardLog.awaitGuarded(uri("/").getPort());
  }

  @Test
  void S01_challengesWithoutAToken() throws Exception {
    HttpResponse<String> refused = post(INITIALIZE);

    assertEquals(401, refused.statusCode(), refused::body);
    assertEquals(
        "Bearer scope=\"mcp:read\", resource_metadata=\"https://mcp.example.com"
            + "/.well-known/oauth-protected-resource/mcp\"",
        refused.headers().firstValue("WWW-Authenticate").orElse(""));
  }

  @Test
  void M01_servesTheMetadata() throws Exception {
    HttpResponse<String> document = document();

    assertEquals(200, document.statusCode());
    assertTrue(document.body().contains(authorizationServer.issuer()), document::body);
  }

  @Test
  void listsAndCallsTools() throws Exception {
    String token = bearer("mcp:read math:add");
    HttpResponse<String> initialized = post(INITIALIZE, "Authorization", token);
    assertEquals(200, initialized.statusCode(), initialized::body);
    assertEquals(version, initialized.version());
    String session = initialized.headers().firstValue("Mcp-Session-Id").orElse("");

    assertEquals(202, inSession(INITIALIZED, token, session).statusCode());
    HttpResponse<String> listed = inSession(LIST, token, session);
    assertTrue(listed.body().contains("\"add\""), listed::body);
    HttpResponse<String> called = inSession(CALL, token, session);
    assertTrue(called.body().contains("42"), called::body);
    HttpResponse<String> refused = inSession(CALL, bearer("mcp:read"), session);
    assertEquals(403, refused.statusCode(), refused::body);
    assertTrue(
        refused.headers().firstValue("WWW-Authenticate").orElse("").contains("math:add"),
        refused::toString);
    if (filtersLists()) {
      HttpResponse<String> empty = inSession(LIST, bearer("mcp:read"), session);
      assertEquals(200, empty.statusCode(), empty::body);
      assertTrue(empty.body().contains("\"tools\":[]"), empty::body);
    }
    Matrix.shows(Sight.ENFORCES_BASICS, Sight.GUARDS_MCP);
    if (version == HttpClient.Version.HTTP_2) {
      Matrix.shows(Sight.ENFORCES_HTTP2);
    }
  }

  private HttpResponse<String> inSession(String body, String token, String session)
      throws Exception {
    return session.isEmpty()
        ? post(body, "Authorization", token)
        : post(body, "Authorization", token, "Mcp-Session-Id", session);
  }
}
