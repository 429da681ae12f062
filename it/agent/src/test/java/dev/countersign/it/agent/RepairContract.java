package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testkit.Capability;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
 * Repair mode on a server program under the agent: the application judges, and the head of its
 * answer is right when it leaves, in whatever way it was written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class RepairContract {

  private static final String CHALLENGE = "WWW-Authenticate";
  static final String PAGE = "https://app.example";
  static final String DOCUMENT = "/.well-known/oauth-protected-resource/mcp";
  static final String METADATA = "resource_metadata=\"https://mcp.example.com" + DOCUMENT + "\"";
  static final String FIRST = "Bearer scope=\"mcp:read\", " + METADATA;

  static final Map<String, String> SETTINGS =
      Map.of(
          "mode", "repair",
          "resource", "https://mcp.example.com/mcp",
          "authorization-servers", "https://id.example.com",
          "required-scopes", "mcp:read",
          "allowed-origins", PAGE);

  private final Launch launch;
  private RemoteProbe server;

  /**
   * For the subclass.
   *
   * @param program the server
   * @param flags more flags of its JVM
   */
  RepairContract(ServerProgram program, String... flags) {
    this(settings -> GuardedJvm.start(program, settings, flags));
  }

  /**
   * For the subclass.
   *
   * @param launch how the server is started
   */
  RepairContract(Launch launch) {
    this.launch = launch;
  }

  /** As in the contract; {@link Capability#LATER} counts. */
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @BeforeAll
  void start() throws IOException {
    server = RemoteProbe.of(launch.start(SETTINGS));
    Matrix.shows(Sight.REPAIRS);
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  /** A request whose answer the application writes as the wish says, with these field lines. */
  private RawResponse send(RawRequest request, String wish, String... lines) throws IOException {
    assumeTrue(!wish.startsWith("later") || capabilities().contains(Capability.LATER));
    RawRequest wished = request.with(ProbeApplication.PROBE, wish);
    for (String line : lines) {
      wished = wished.with(ProbeApplication.FIELD, line);
    }
    server.clear();
    RawResponse response = RawHttp.exchange(server.uri(), wished);
    assertEquals(1, server.invocations(), response::toString);
    return response;
  }

  private static RawRequest get() {
    return RawRequest.of("GET", "/mcp");
  }

  private static void challenged(RawResponse response, int status, String... challenges) {
    assertEquals(status, response.status(), response::toString);
    assertEquals(List.of(challenges), response.values(CHALLENGE), response::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "answer 401",
        "error 401",
        "reset 401",
        "flush 401",
        "long 401",
        "later answer 401",
        "later flush 401",
        "again answer 401",
        "again error 401"
      })
  void C30_K04_challengesWhereNobodyDid(String wish) throws IOException {
    challenged(send(get(), wish), 401, FIRST);
    challenged(send(RawRequest.of("POST", "/mcp").json("{}"), wish), 401, FIRST);
    challenged(send(RawRequest.of("HEAD", "/mcp"), wish), 401, FIRST);
  }

  @Test
  void C30_K04_challengesOnAnErrorOfAnotherThread() throws IOException {
    challenged(send(get(), "later error 401"), 401, FIRST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "answer 401",
        "reset 401",
        "flush 401",
        "long 401",
        "later answer 401",
        "again answer 401"
      })
  void C30_K11_completesTheChallengeThatIsThere(String wish) throws IOException {
    for (String bare :
        List.of(
            "Bearer",
            "bearer",
            "Bearer resource_metadata=/.well-known/x",
            "Bearer resource_metadata=\"\"",
            "Bearer error=\"invalid_token\"",
            "Bearer scope=\"mcp:read\",, " + METADATA)) {
      challenged(send(get(), wish, CHALLENGE + ": " + bare), 401, FIRST);
    }
  }

  @Test
  void C30_keepsWhatTheApplicationKnew() throws IOException {
    RawResponse response =
        send(
            get().bearer("x"),
            "answer 401",
            CHALLENGE
                + ": Bearer realm=\"mcp\", error=\"invalid_token\","
                + " error_description=\"Revoked\", scope=\"files:read\"");

    challenged(
        response,
        401,
        "Bearer realm=\"mcp\", error=\"invalid_token\", scope=\"files:read\", "
            + METADATA
            + ", error_description=\"Revoked\"");
  }

  @Test
  void C30_K11_makesOneBearerChallengeOfTwoAndKeepsOtherSchemes() throws IOException {
    String basic = "Basic realm=\"x\"";

    challenged(
        send(get(), "answer 401", CHALLENGE + ": " + basic, CHALLENGE + ": Bearer"),
        401,
        FIRST,
        basic);
    challenged(send(get(), "answer 401", CHALLENGE + ": " + basic), 401, FIRST, basic);
    challenged(send(get(), "answer 401", CHALLENGE + ": Bearer, " + basic), 401, FIRST, basic);
    challenged(
        send(get(), "answer 401", CHALLENGE + ": Bearer", CHALLENGE + ": Bearer realm=\"\""),
        401,
        FIRST);
  }

  @Test
  void C30_completesARefusalForScope() throws IOException {
    RawResponse response =
        send(get().bearer("x"), "answer 403", CHALLENGE + ": Bearer error=\"insufficient_scope\"");

    assertEquals(403, response.status());
    String challenge = response.value(CHALLENGE).orElse("");
    String begin = "Bearer error=\"insufficient_scope\", scope=\"mcp:read\", " + METADATA;
    assertEquals(begin, challenge.substring(0, Math.min(begin.length(), challenge.length())));
  }

  @Test
  void S20_S36_leavesTheRestAlone() throws IOException {
    for (int status : List.of(200, 400, 403, 404, 503)) {
      challenged(send(get().bearer("x"), "answer " + status), status);
    }
    challenged(send(get().bearer("x"), "error 403"), 403);
    assertEquals(List.of(), send(get(), "answer 401").values("Vary"));
    assertEquals("{}", send(get(), "answer 401", "X-Own: 1").text());
    assertEquals(List.of("1"), send(get(), "answer 401", "X-Own: 1").values("X-Own"));
  }

  // Clients do not look at it, but its form is right.
  @Test
  void C30_completesAChallengeOnASuccessToo() throws IOException {
    challenged(send(get(), "answer 200", CHALLENGE + ": bearer"), 200, FIRST);
    challenged(send(get(), "answer 200", CHALLENGE + ": Basic"), 200, "Basic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer 401", "answer 200", "answer 404", "error 500", "reset 401"})
  void H11_letsPagesOfAllowedOriginsReadIt(String wish) throws IOException {
    RawResponse response = send(get().with("Origin", PAGE), wish);

    assertEquals(List.of(PAGE), response.values("Access-Control-Allow-Origin"), response::toString);
    assertEquals(List.of("Origin"), response.values("Vary"), response::toString);
    String exposed = String.join(",", response.values("Access-Control-Expose-Headers"));
    assertTrue(exposed.contains(CHALLENGE), response::toString);
    assertEquals(
        List.of(), send(get(), wish).values("Access-Control-Allow-Origin"), response::toString);
  }

  @Test
  void M01_servesTheDocument() throws IOException {
    RawResponse response = RawHttp.exchange(server.uri(), RawRequest.of("GET", DOCUMENT));

    assertEquals("https://mcp.example.com/mcp", response.json().get("resource"));
  }

  @Test
  void handsEveryConnectionOnIntact() throws IOException {
    try (RawHttp connection = RawHttp.connect(server.uri())) {
      for (String wish : List.of("answer 401", "echo", "error 401", "answer 401")) {
        RawResponse response =
            connection.exchange(
                RawRequest.of("POST", "/mcp").json("{}").with(ProbeApplication.PROBE, wish));
        challengedOrNot(wish, response);
        if (response.values("Connection").contains("close")) {
          return;
        }
      }
    }
  }

  private static void challengedOrNot(String wish, RawResponse response) {
    assertEquals(
        wish.equals("echo") ? List.of() : List.of(FIRST),
        response.values(CHALLENGE),
        response::toString);
  }

  @Test
  void letsTheFirstEventOutBeforeTheLastIsMade() throws IOException {
    server.clear();
    try (RawHttp connection = RawHttp.connect(server.uri())) {
      connection.send(get().with(ProbeApplication.PROBE, "stream").bytes());
      assertEquals(200, connection.receiveHead().status());

      connection.readUntil("data: one");
      server.releaseStream();

      connection.readUntil("data: two");
    }
  }
}
