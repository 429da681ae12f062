package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.Denial;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RecordingListener;
import dev.countersign.testkit.RunningServer;
import dev.countersign.testkit.Tokens;
import jakarta.servlet.ServletContext;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What only a servlet filter can get wrong: dispatches, error pages, and who the servlet API says
 * is calling.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class FilterContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private static final List<String> DISPATCHERS =
      List.of("/forward", "/include", "/named", "/dispatch", "/bare");

  private final ServletContainer container;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);
  private final RecordingListener decisions = new RecordingListener();
  private final ProbeApplication probe = new ProbeApplication();
  private final ResourceServer engine;
  private RunningServer server;

  /**
   * For the subclass.
   *
   * @param container what to start
   */
  protected FilterContract(ServletContainer container) {
    this.container = container;
    this.engine =
        ResourceServer.create(
            ResourceServerConfig.builder(RESOURCE)
                .authorizationServer(authorizationServer.issuer())
                .requiredScopes("mcp:read")
                .allowHttpOnLoopback()
                .publicPath("/open/")
                .toolScope("delete_file", "files:write")
                .listener(decisions)
                .build());
  }

  @BeforeAll
  void start() throws Exception {
    server = container.start(new WebApplication("", "/error", this::register));
    RawHttp.await(server.uri(), RawRequest.of("GET", "/identity").bearer(tokens.valid()), 200);
  }

  private void register(ServletContext context) {
    Guarded.filter(context.addFilter("gate", new ResourceServerFilter(engine)));
    Guarded.servlet(context, "probe", new ProbeServlet(probe), "/mcp");
    Guarded.servlet(
        context, "forward", Servlets.of(Servlets::forward), "/forward", "/open/forward");
    Guarded.servlet(
        context, "include", Servlets.of(Servlets::include), "/include", "/open/include");
    Guarded.servlet(context, "named", Servlets.of(Servlets::forwardByName), "/named");
    Guarded.servlet(
        context, "dispatch", Servlets.of(Servlets::dispatch), "/dispatch", "/open/dispatch");
    Guarded.servlet(context, "fail", Servlets.of(Servlets::fail), "/fail", "/open/fail");
    Guarded.servlet(context, "post", new Servlets.PostServlet(), "/post");
    Guarded.servlet(context, "identity", Servlets.of(Servlets::identity), "/identity");
    Guarded.servlet(context, "raise", Servlets.of(Servlets::raise), "/raise");
    Guarded.servlet(context, "bare", Servlets.of(Servlets::dispatchBare), "/bare");
    Guarded.servlet(context, "listen", Servlets.of(Servlets::listen), "/listen");
    Guarded.servlet(context, "read", Servlets.of(Servlets::read), "/read");
    Guarded.servlet(context, "error", Servlets.of(Servlets::errorPage), "/error");
  }

  @BeforeEach
  void clear() {
    probe.clear();
    decisions.clear();
  }

  @AfterAll
  void stop() throws Exception {
    server.stop().close();
    engine.close();
    authorizationServer.close();
  }

  private RawResponse send(RawRequest request) throws IOException {
    return RawHttp.exchange(server.uri(), request);
  }

  private RawResponse get(String target) throws IOException {
    return send(RawRequest.of("GET", target));
  }

  private RawResponse getWithToken(String target) throws IOException {
    return send(RawRequest.of("GET", target).bearer(tokens.valid()));
  }

  private void neverReaches(String target) {
    try {
      RawResponse response = get(target);
      assertTrue(response.status() >= 400, () -> target + " -> " + response);
    } catch (EOFException | SocketException e) {
      // Ended without an answer.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertEquals(0, probe.invocations(), () -> "the application ran: " + target);
  }

  @Test
  void K04_PA15_PA16_judgesADispatchedRequestOnce() throws IOException {
    for (String target : DISPATCHERS) {
      clear();

      RawResponse response = getWithToken(target);

      assertEquals(200, response.status(), () -> target + " -> " + response);
      assertEquals(1, decisions.events().size(), target);
      assertEquals(
          List.of(Optional.of("alice")),
          probe.seen().stream().map(ProbeApplication.Seen::user).toList(),
          target);
    }
  }

  @Test
  void K04_challengesBeforeTheDispatch() throws IOException {
    for (String target : DISPATCHERS) {
      RawResponse response = get(target);

      assertEquals(401, response.status(), target);
      assertEquals(1, response.values("WWW-Authenticate").size(), target);
    }
    assertEquals(0, probe.invocations());
  }

  @Test
  void K04_PA15_opensAPublicPathOnlyNotWhatItForwardsTo() throws IOException {
    RawResponse response = get("/open/forward");

    assertEquals(401, response.status(), response::toString);
    assertEquals(1, response.values("WWW-Authenticate").size());
    assertEquals(0, probe.invocations());
    assertEquals(200, getWithToken("/open/forward").status());
  }

  @Test
  void K04_PA16_opensAPublicPathOnlyNotWhatItIncludesOrDispatchesTo() {
    neverReaches("/open/include");
    neverReaches("/open/dispatch");
  }

  @Test
  void K04_PA16_judgesNoErrorDispatchAndKeepsThePage() throws IOException {
    RawResponse response = getWithToken("/fail");

    assertEquals(418, response.status(), response::toString);
    assertEquals("error page for alice", response.text());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    assertEquals(1, decisions.events().size());
  }

  @Test
  void K04_opensTheErrorPageOfAPublicPath() throws IOException {
    RawResponse response = get("/open/fail");

    assertEquals(418, response.status(), response::toString);
    assertEquals("error page for null", response.text());
  }

  @Test
  void K04_K05_T16_keepsTheBodyInADispatch() throws IOException {
    for (String target : DISPATCHERS) {
      clear();

      RawResponse response = send(RawRequest.of("POST", target).json(RPC).bearer(tokens.valid()));

      assertEquals(200, response.status(), () -> target + " -> " + response);
      assertEquals(
          List.of(RPC), probe.seen().stream().map(ProbeApplication.Seen::body).toList(), target);
    }
  }

  @Test
  void BP37_PA24_givesTheBodyToAReadListener() throws IOException {
    for (int length : List.of(0, 1, 999, 1000, 8192, 500_000)) {
      String json = RPC.replace("1,", "1,\"x\":\"" + "a".repeat(length) + "\",");

      RawResponse response =
          send(RawRequest.of("POST", "/listen").json(json).bearer(tokens.valid()));

      assertEquals(200, response.status(), response::toString);
      assertEquals(json, response.text(), () -> "a text of " + length);
    }
  }

  @Test
  void BP36_givesTheBodyOnceAsTheServletApiSays() throws IOException {
    for (String by : List.of("reader", "stream")) {
      RawRequest request = RawRequest.of("POST", "/read?by=" + by).json(RPC);

      assertEquals(401, send(request).status());
      assertEquals(RPC + " -1 false false", send(request.bearer(tokens.valid())).text());
    }
  }

  @Test
  void CH15_putsNoErrorPageInThePlaceOfTheChallenge() throws IOException {
    RawResponse response = get("/fail");

    assertEquals(401, response.status());
    assertEquals(
        Optional.of("application/json"),
        response.value("Content-Type").map(type -> type.split(";")[0]));
    assertTrue(response.json().containsKey("error"), response::toString);
    assertFalse(response.text().contains("error page"));
    assertEquals(1, response.values("WWW-Authenticate").size());
  }

  @Test
  void CH15_answersUnknownPathsWithTheChallenge() throws IOException {
    assertEquals(401, get("/no/such/servlet").status());

    RawResponse response = getWithToken("/no/such/servlet");
    assertEquals(404, response.status());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }

  @Test
  void U01_turnsWhatTheApplicationRaisesIntoTheChallenge() throws IOException {
    for (String target : List.of("/raise", "/raise?wrapped")) {
      RawResponse response = getWithToken(target);

      assertEquals(403, response.status(), response::toString);
      assertEquals(
          List.of(
              "Bearer error=\"insufficient_scope\", scope=\"mcp:read files:write\","
                  + " resource_metadata=\"https://mcp.example.com/.well-known/"
                  + "oauth-protected-resource/mcp\", error_description=\""
                  + Denial.MISSING_SCOPE.text()
                  + "\""),
          response.values("WWW-Authenticate"));
      assertEquals(List.of(), response.values("Content-Encoding"));
      assertTrue(response.json().containsKey("error"), response::toString);
    }
    String more = tokens.mint().scope("mcp:read files:write").text();
    RawResponse response = send(RawRequest.of("GET", "/raise").bearer(more));
    assertEquals(200, response.status(), response::toString);
    assertEquals("not for this client", response.text());
  }

  @Test
  void U20_changesNoResponseThatHasBegun() {
    try {
      RawResponse response = getWithToken("/raise?late");
      assertEquals(200, response.status());
      assertEquals(List.of(), response.values("WWW-Authenticate"));
    } catch (IOException e) {
      // Ended by the container: the client sees that something went wrong.
    }
  }

  @Test
  void H16_leavesThe405OfAServletAlone() throws IOException {
    assertEquals(401, get("/post").status());

    RawResponse response = getWithToken("/post");
    assertEquals(405, response.status());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    assertEquals(
        "posted", send(RawRequest.of("POST", "/post").json(RPC).bearer(tokens.valid())).text());
  }

  @Test
  void N16_saysWhoCallsInEveryWayOfTheServletApi() throws IOException {
    assertEquals("alice Bearer true false alice", getWithToken("/identity").text());
  }
}
