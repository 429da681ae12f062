package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testkit.Capability;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RemoteProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repair mode over HTTP/2, on one connection that was upgraded: what leaves there is another kind
 * of head in most servers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class Http2RepairContract {

  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String BASIC = "Basic realm=\"x\"";

  private final Launch launch;
  private final HttpClient client = HttpClient.newHttpClient();
  private RemoteProbe server;

  /**
   * For the subclass.
   *
   * @param program the server; it takes the upgrade with {@code -Dhttp2=true}
   */
  Http2RepairContract(ServerProgram program) {
    this(settings -> GuardedJvm.start(program, settings, "-Dhttp2=true"));
  }

  /**
   * For the subclass.
   *
   * @param launch how the server is started
   */
  Http2RepairContract(Launch launch) {
    this.launch = launch;
  }

  /** As in the contract; {@link Capability#LATER} counts. */
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /** Whether the server makes one line of several (RFC 9110 section 5.3). */
  boolean joinsLines() {
    return false;
  }

  // The request that asks for the upgrade may still be answered in HTTP/1.1.
  @BeforeAll
  void start() throws Exception {
    server = RemoteProbe.of(launch.start(RepairContract.SETTINGS));
    Matrix.shows(Sight.REPAIRS_HTTP2);
    client.send(request("answer 200").GET().build(), BodyHandlers.discarding());
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private HttpRequest.Builder request(String wish, String... lines) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri().resolve("/mcp"))
            .timeout(Duration.ofSeconds(20))
            .header(ProbeApplication.PROBE, wish);
    for (String line : lines) {
      request.header(ProbeApplication.FIELD, line);
    }
    return request;
  }

  private HttpResponse<String> get(String wish, String... lines) throws Exception {
    return send(wish, request(wish, lines).GET());
  }

  private HttpResponse<String> send(String wish, HttpRequest.Builder request) throws Exception {
    assumeTrue(!wish.startsWith("later") || capabilities().contains(Capability.LATER));
    server.clear();
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    assertEquals(1, server.invocations(), response::toString);
    return response;
  }

  private static void challenged(HttpResponse<?> response, int status, String... challenges) {
    assertEquals(status, response.statusCode(), response::toString);
    assertEquals(List.of(challenges), response.headers().allValues(CHALLENGE), response::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer 401", "error 401", "reset 401", "later answer 401"})
  void C30_K04_challengesWhereNobodyDid(String wish) throws Exception {
    challenged(get(wish), 401, RepairContract.FIRST);
    challenged(
        send(wish, request(wish).method("HEAD", BodyPublishers.noBody())),
        401,
        RepairContract.FIRST);
    HttpRequest.Builder post =
        request(wish)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));
    challenged(send(wish, post), 401, RepairContract.FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer 401", "reset 401", "later answer 401"})
  void C30_K11_completesTheChallengeThatIsThere(String wish) throws Exception {
    for (String bare : List.of("Bearer", "bearer resource_metadata=/.well-known/x")) {
      challenged(get(wish, CHALLENGE + ": " + bare), 401, RepairContract.FIRST);
    }
    HttpResponse<String> two = get(wish, CHALLENGE + ": " + BASIC, CHALLENGE + ": Bearer");
    if (joinsLines()) {
      challenged(two, 401, RepairContract.FIRST + ", " + BASIC);
    } else {
      challenged(two, 401, RepairContract.FIRST, BASIC);
    }
  }

  @Test
  void C30_completesARefusalForScope() throws Exception {
    HttpRequest.Builder scope =
        request("answer 403", CHALLENGE + ": Bearer error=\"insufficient_scope\"")
            .header("Authorization", "Bearer x");

    HttpResponse<String> response = send("answer 403", scope);

    assertEquals(403, response.statusCode());
    List<String> challenges = response.headers().allValues(CHALLENGE);
    assertEquals(1, challenges.size(), challenges::toString);
    String begin =
        "Bearer error=\"insufficient_scope\", scope=\"mcp:read\", " + RepairContract.METADATA;
    assertEquals(begin, challenges.get(0).substring(0, begin.length()));
  }

  // RFC 9113 section 8.2.1: field names are lower-case; section 8.3.2: one pseudo-header field.
  @Test
  void C30_writesNamesInLowerCaseAndOneStatus() throws Exception {
    HttpResponse<String> response = get("answer 401", "x-own: 1");

    assertEquals("{}", response.body());
    assertEquals(List.of("1"), response.headers().allValues("x-own"));
    assertEquals(List.of("401"), response.headers().allValues(":status"));
    for (String name : response.headers().map().keySet()) {
      assertEquals(name.toLowerCase(Locale.ROOT), name);
      assertEquals(name.equals(":status"), name.startsWith(":"), name);
    }
  }

  /** Whether the application knows how to send trailers. */
  boolean hasTrailers() {
    return false;
  }

  @Test
  void C30_leavesTrailersAlone() throws Exception {
    assumeTrue(hasTrailers());
    server.clear();
    try (Http2Wire wire = new Http2Wire(server.uri())) {
      wire.begin();
      wire.request(Http2Wire.get("probe", "answer 401", "probe-trailer", "1"));

      assertEquals("{}", wire.body());
      assertTrue(wire.hasTrailers());
    }
  }

  @Test
  void S20_S36_leavesTheRestAlone() throws Exception {
    for (int status : List.of(200, 400, 403, 404, 503)) {
      challenged(get("answer " + status), status);
    }
    challenged(get("error 403"), 403);
    assertEquals(List.of(), get("answer 401").headers().allValues("Vary"));
  }

  @Test
  void H11_letsPagesOfAllowedOriginsReadIt() throws Exception {
    for (String wish : List.of("answer 401", "answer 200", "error 500")) {
      HttpResponse<String> response =
          send(wish, request(wish).header("Origin", RepairContract.PAGE));

      assertEquals(
          List.of(RepairContract.PAGE),
          response.headers().allValues("Access-Control-Allow-Origin"),
          response::toString);
    }
  }

  @Test
  void M01_servesTheDocument() throws Exception {
    HttpRequest document =
        HttpRequest.newBuilder(server.uri().resolve(RepairContract.DOCUMENT)).build();

    HttpResponse<String> response = client.send(document, BodyHandlers.ofString());

    assertEquals(HttpClient.Version.HTTP_2, response.version());
    assertEquals(200, response.statusCode());
  }

  @Test
  void letsTheFirstEventOutBeforeTheLastIsMade() throws Exception {
    server.clear();
    HttpResponse<InputStream> stream =
        client.send(request("stream").build(), BodyHandlers.ofInputStream());
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.US_ASCII))) {
      assertEquals("data: one", events.readLine());
      server.releaseStream();
      assertEquals("", events.readLine());
      assertEquals("data: two", events.readLine());
    }
  }
}
