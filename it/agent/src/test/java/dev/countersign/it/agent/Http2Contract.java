package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * HTTP/2 on a server program that takes the upgrade to it, told by {@code -Dhttp2=true}. Needs no
 * TLS; above the connection nothing is different with it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class Http2Contract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private static final String METADATA =
      "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";

  private final Launch launch;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);
  private final HttpClient client = HttpClient.newBuilder().build();
  private RemoteProbe server;

  /**
   * For the subclass.
   *
   * @param program the server
   */
  Http2Contract(ServerProgram program) {
    this(settings -> GuardedJvm.start(program, settings, "-Dhttp2=true"));
  }

  /**
   * For the subclass.
   *
   * @param launch how the server is started
   */
  Http2Contract(Launch launch) {
    this.launch = launch;
  }

  @BeforeAll
  void start() throws Exception {
    Map<String, String> settings =
        GuardedJvm.settings(
            RESOURCE,
            authorizationServer,
            "clock-skew",
            "PT0S",
            "filter-lists",
            String.valueOf(filtersLists()),
            "scopes.tool.delete_file",
            "files:write");
    server = RemoteProbe.of(launch.start(settings));
    Matrix.shows(Sight.ENFORCES_HTTP2);
    RawRequest first = RawRequest.of("GET", "/mcp").bearer(tokens.valid());
    assertEquals(200, RawHttp.await(server.uri(), first, 200).status());
    // The first request of a connection is sent in HTTP/1.1, with the wish to go on in HTTP/2.
    assertEquals(
        200, client.send(request(tokens.valid()).build(), BodyHandlers.ofString()).statusCode());
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    authorizationServer.close();
  }

  @BeforeEach
  void clear() {
    server.clear();
  }

  private HttpRequest.Builder request(String token) {
    return request("/mcp", token);
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(server.uri().resolve(path))
        .header("Authorization", "Bearer " + token);
  }

  @Test
  void H21_MC24_aStreamEndsWithItsTokenAndNoOther() throws Exception {
    endsStreams("stream", 1);
  }

  /** Some streams of one connection end with their token, and another one goes on. */
  final void endsStreams(String wish, int number) throws Exception {
    // Long enough to open them all.
    String brief = tokens.mint().expiresIn(Duration.ofSeconds(3 + number / 10)).text();
    List<BufferedReader> ending = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ending.add(listen(wish, brief));
    }
    BufferedReader other = listen(wish, tokens.valid());

    for (BufferedReader one : ending) {
      assertEquals("", untilEnd(one).strip());
      // For whoever waits in vain.
      server.releaseStream();
    }
    server.releaseStream();
    assertEquals("data: two", untilEnd(other).strip());
    assertEquals(200, send(request(tokens.valid())).statusCode());
  }

  private BufferedReader listen(String wish, String token) throws Exception {
    HttpRequest.Builder listening =
        request(token).header("Accept", "text/event-stream").header(ProbeApplication.PROBE, wish);
    HttpResponse<InputStream> stream = client.send(listening.build(), BodyHandlers.ofInputStream());
    assertEquals(HttpClient.Version.HTTP_2, stream.version());
    BufferedReader events =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    assertEquals("data: one", events.readLine());
    return events;
  }

  private static String untilEnd(Reader in) {
    StringBuilder read = new StringBuilder();
    try (in) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        read.append((char) c);
      }
    } catch (IOException e) {
      // The stream was reset.
    }
    return read.toString();
  }

  /** Sends in HTTP/2. */
  final HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    return response;
  }

  private HttpRequest.Builder rpc(String method, String params) {
    return rpc("/mcp", method, params);
  }

  /** A call with a good token. */
  final HttpRequest.Builder rpc(String path, String method, String params) {
    return request(path, tokens.valid())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json(method, params)));
  }

  /** The body of a call. */
  static String json(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  /** Whether a body goes through a filter in HTTP/2. */
  boolean filtersLists() {
    return true;
  }

  @Test
  void U12_MC27_aListHoldsWhatTheTokenMayUse() throws Exception {
    assumeTrue(filtersLists());

    assertEquals(tools(""), list(tokens.valid()));
    assertEquals(
        tools("{\"name\":\"delete_file\"}"), list(tokens.mint().scope("files:write").text()));
  }

  private String list(String token) throws Exception {
    HttpResponse<String> response =
        send(
            request(token)
                .header("Content-Type", "application/json")
                .header(ProbeApplication.PROBE, "answer 200")
                .header(
                    ProbeApplication.BODY, tools("{\"name\":\"delete_file\"},{\"name\":\"other\"}"))
                .POST(BodyPublishers.ofString(json("tools/list", "{}"))));
    assertEquals(200, response.statusCode());
    return response.body();
  }

  private static String tools(String tools) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[" + tools + "]}}";
  }

  @Test
  void N15_takesTheUserFromTheTokenNotFromTheConnection() throws Exception {
    String bob = tokens.mint().subject("bob").text();

    for (String token : List.of(tokens.valid(), bob, tokens.valid(), bob)) {
      assertEquals(200, send(request(token)).statusCode());
    }

    List<String> users = server.seen().stream().map(seen -> seen.user().orElse("")).toList();
    assertEquals(List.of("alice", "bob", "alice", "bob"), users);
  }

  @Test
  void S14_judgesEveryRequestOfAConnection() throws Exception {
    HttpResponse<String> missing = send(HttpRequest.newBuilder(server.uri().resolve("/mcp")));
    HttpResponse<String> wrong = send(request("bad"));

    assertEquals(401, missing.statusCode());
    assertEquals(
        List.of("Bearer resource_metadata=\"" + METADATA + "\""),
        missing.headers().allValues("WWW-Authenticate"));
    assertEquals(401, wrong.statusCode());
    assertTrue(wrong.headers().firstValue("WWW-Authenticate").orElse("").contains("invalid_token"));
    assertEquals(0, server.invocations());
  }

  @Test
  void PA21_judgesTheRequestThatAsksForTheUpgrade() throws Exception {
    HttpResponse<String> refused =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri().resolve("/mcp")).build(),
                BodyHandlers.ofString());

    assertEquals(401, refused.statusCode());
    assertEquals(0, server.invocations());
  }

  @Test
  void N05_MC14_aSessionIsNobodyElses() throws Exception {
    String bob = tokens.mint().subject("bob").text();
    String begins = "Mcp-Session-Id: h2-" + System.nanoTime();
    String session = begins.split(": ")[1];
    HttpRequest.Builder first =
        rpc("initialize", "{}")
            .header(ProbeApplication.PROBE, "answer 200")
            .header(ProbeApplication.FIELD, begins);

    assertEquals(
        List.of(session), send(first).headers().allValues("Mcp-Session-Id"), "its beginning");

    assertEquals(200, send(rpc("ping", "{}").header("Mcp-Session-Id", session)).statusCode());
    assertEquals(404, send(request(bob).header("Mcp-Session-Id", session)).statusCode());
  }

  private String answer(String... fields) throws Exception {
    server.clear();
    try (Http2Wire wire = new Http2Wire(server.uri())) {
      wire.begin();
      wire.request(fields);
      return wire.body();
    } finally {
      assertEquals(0, server.invocations(), () -> String.join(" ", fields));
    }
  }

  /** Without an upgrade; the client has to know that the server speaks it. */
  @Test
  void K07_PA21_judgesPriorKnowledge() throws Exception {
    assumeTrue(takesPriorKnowledge());
    String refusal = answer(Http2Wire.get());

    assertTrue(refusal.contains(METADATA), refusal);
  }

  /** Whether connections may begin in HTTP/2. */
  boolean takesPriorKnowledge() {
    return true;
  }

  // Whatever the server makes of them, the application does not run.
  @Test
  void K01_PA27_leadsNoPseudoFieldToTheApplication() throws Exception {
    assumeTrue(takesPriorKnowledge());
    String bearer = "Bearer " + "x".repeat(20);
    for (String path :
        List.of("", "*", "mcp", "//mcp", "/./mcp", "/x/../mcp", "/mcp;x", "http://localhost/mcp")) {
      answer(":method", "GET", ":scheme", "http", ":authority", "evil.example", ":path", path);
    }
    answer(":method", "GET", ":scheme", "http", ":path", "/mcp", "host", "mcp.example.com");
    answer(":method", "GET", ":scheme", "http", ":authority", "localhost");
    answer(":method", "CONNECT", ":authority", "localhost:80");
    answer(":method", "TRACE", ":scheme", "http", ":authority", "localhost", ":path", "/mcp");
    // RFC 8441: how a WebSocket begins.
    answer(
        ":method",
        "CONNECT",
        ":protocol",
        "websocket",
        ":scheme",
        "http",
        ":authority",
        "localhost",
        ":path",
        "/mcp");
    // RFC 9113 section 8.2: names are lower-case, and nothing of one connection is in a field.
    answer(Http2Wire.get("Authorization", bearer));
    answer(Http2Wire.get("authorization", bearer, "authorization", bearer));
  }

  // The connection was good for a request of HTTP/1.1 with a token.
  @Test
  void S14_PA21_judgesAnUpgradeInTheMiddleOfAConnection() throws Exception {
    try (Http2Wire wire = new Http2Wire(server.uri())) {
      wire.send(
          "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + tokens.valid()
              + "\r\n\r\n");
      wire.receiveUntil("\"length\":0}");
      server.clear();

      wire.send(
          "GET /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
      String head = wire.receiveUntil("\r\n\r\n");

      if (head.contains(" 101 ")) {
        wire.begin();
        assertTrue(wire.body().contains(METADATA));
      } else {
        assertTrue(head.contains(" 401 "), head);
      }
      assertEquals(0, server.invocations());
    }
  }

  @Test
  void servesTheMetadata() throws Exception {
    HttpResponse<String> document =
        send(
            HttpRequest.newBuilder(
                server.uri().resolve("/.well-known/oauth-protected-resource/mcp")));

    assertEquals(200, document.statusCode());
    assertTrue(document.body().contains(RESOURCE), document.body());
  }

  @Test
  void T16_handsABodyOnThatWasRead() throws Exception {
    String text = "\u20ac".repeat(100_000);

    assertEquals(200, send(rpc("ping", "{\"text\":\"" + text + "\"}")).statusCode());

    ProbeApplication.Seen seen = server.seen().get(0);
    assertEquals(3 * 100_000, seen.body().chars().filter(c -> c >= 0x80).count());
    assertTrue(seen.body().endsWith("\"}}"));
  }

  @Test
  void U01_readsTheBodyForTheTool() throws Exception {
    HttpResponse<String> refused = send(rpc("tools/call", "{\"name\":\"delete_file\"}"));

    assertEquals(403, refused.statusCode());
    assertTrue(
        refused.headers().firstValue("WWW-Authenticate").orElse("").contains("insufficient_scope"));
    assertEquals(0, server.invocations());
  }
}
