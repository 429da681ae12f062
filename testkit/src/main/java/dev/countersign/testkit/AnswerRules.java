package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shape of refusals, and what has no influence on it. */
abstract class AnswerRules extends TokenRules {

  private static final List<String> METHODS =
      List.of("POST", "GET", "DELETE", "PUT", "PATCH", "OPTIONS", "PROPFIND", "FOO", "post");

  /** One request for each refusal of the kit, by its status. */
  private List<RawRequest> refusals() {
    return List.of(
        post(),
        post().bearer("bad"),
        post().bearer("a").bearer("b"),
        post().bearer(tokens().mint().scope("other").text()),
        post().with("Origin", "https://evil.example"));
  }

  private static final List<Integer> STATUSES = List.of(401, 401, 400, 403, 403);

  @Test
  void S24_S26_C03_C08_C11_C25_C26_C31_C32_C33_C34_C35_C36_C37_CH13_L11_refusesInOneForm()
      throws IOException {
    for (int i = 0; i < STATUSES.size(); i++) {
      refused(STATUSES.get(i), refusals().get(i));
    }
  }

  @Test
  void U06_S33_answersTheSameNeedWithTheSameBytes() throws IOException {
    for (RawRequest request : refusals()) {
      RawResponse first = standard().send(request);
      RawResponse second = standard().send(request);

      assertEquals(first.values("WWW-Authenticate"), second.values("WWW-Authenticate"));
      assertEquals(first.text(), second.text());
    }
  }

  @Test
  void C01_C28_H14_H15_H17_K06_AH30_S35_challengesEveryMethod() throws IOException {
    for (String method : METHODS) {
      refused(401, Refusal.NO_TOKEN, RawRequest.of(method, "/mcp"));
      refused(401, Refusal.INVALID_TOKEN, RawRequest.of(method, "/mcp").bearer("bad"));
    }
  }

  @Test
  void K06_AH30_neverAdmitsTrace() throws IOException {
    neverReaches(standard(), RawRequest.of("TRACE", "/mcp"));
  }

  @Test
  void K06_ignoresMethodOverrides() throws IOException {
    for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
      refused(401, Refusal.NO_TOKEN, post().with(name, "OPTIONS"));
    }
  }

  @Test
  void AH30_answersHeadWithoutABody() throws IOException {
    try (RawHttp connection = standard().connect()) {
      RawResponse head = connection.exchange(RawRequest.of("HEAD", "/mcp"));
      RawResponse next = connection.exchange(post());

      assertEquals(401, head.status());
      assertEquals(Optional.of(Refusal.NO_TOKEN), head.value("WWW-Authenticate"));
      assertEquals(401, next.status());
      assertEquals(0, standard().application().invocations());
    }
  }

  @Test
  void H13_S23_CH14_challengesBeforeAnythingElseIsLookedAt() throws IOException {
    RawRequest empty = RawRequest.of("POST", "/mcp");
    List<RawRequest> requests =
        List.of(
            empty.body(new byte[0]),
            empty,
            empty.json("{}"),
            empty.json("[]"),
            empty.json("{broken"),
            empty.with("Accept", "text/html").json(INITIALIZE),
            empty.with("Accept", "text/event-stream").json(INITIALIZE),
            empty.with("Accept", "image/*;q=nonsense").json(INITIALIZE),
            empty.with("MCP-Protocol-Version", "1900-01-01").json(INITIALIZE),
            empty.with("Mcp-Session-Id", "unknown").json(INITIALIZE),
            empty.with("Last-Event-ID", "7").json(INITIALIZE),
            get("/mcp").with("Accept", "*/*"),
            get("/mcp").with("Accept", "text/event-stream").with("Last-Event-ID", "7"));
    for (RawRequest request : requests) {
      refused(401, Refusal.NO_TOKEN, request);
    }
  }

  @Test
  void S28_S29_H30_MC28_challengesEveryRpcMethod() throws IOException {
    for (String method :
        List.of(
            "initialize",
            "server/discover",
            "ping",
            "tools/list",
            "tools/call",
            "subscriptions/listen",
            "tasks/get",
            "notifications/initialized",
            "no/such/method")) {
      refused(
          401,
          Refusal.NO_TOKEN,
          rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}"));
    }
    refused(
        401, Refusal.NO_TOKEN, rpc("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}"));
  }

  @Test
  void K12_challengesEveryContentType() throws IOException {
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "nonsense")) {
      RawRequest request =
          RawRequest.of("POST", "/mcp")
              .with("Content-Type", type)
              .body(INITIALIZE.getBytes(StandardCharsets.UTF_8));
      refused(401, Refusal.NO_TOKEN, request);
      refused(401, Refusal.INVALID_TOKEN, request.bearer("bad"));
    }
  }

  @Test
  void M20_L04_L07_PM1_PM2_takesNoNameFromTheRequest() throws IOException {
    RawRequest request = post();
    List<RawRequest> spoofed =
        List.of(
            request.without("Host").with("Host", "evil.example"),
            request.without("Host").with("Host", "localhost:1"),
            request.with("X-Forwarded-Host", "evil.example").with("X-Forwarded-Proto", "http"),
            request.with("X-Forwarded-Prefix", "/evil").with("X-Forwarded-Port", "1"),
            request.with("Forwarded", "for=1.2.3.4;host=evil.example;proto=http"),
            request.with("X-Original-URL", "/health").with("X-Rewrite-URL", "/health"),
            request.with("X-Forwarded-Uri", "/health").with("X-Original-URI", "/health"));
    for (RawRequest one : spoofed) {
      refused(401, Refusal.NO_TOKEN, one);
    }
  }

  @Test
  void PM3_PM4_PM5_neverShowsAForeignHost() throws IOException {
    List<RawRequest> odd =
        List.of(
            post().requestLine("POST http://evil.example/mcp HTTP/1.1"),
            post().requestLine("POST /mcp HTTP/1.0").without("Host"),
            post().without("Host"),
            post().with("Host", "evil.example"),
            post().without("Host").with("Host", "evil.example\"><script>"),
            post().without("Host").with("Host", "user@evil.example:99999"),
            post().without("Host").with("Host", "[fe80::1%25evil]"));
    for (RawRequest request : odd) {
      neverReaches(standard(), request);
      assertTrue(
          List.of(List.of(), List.of(Refusal.NO_TOKEN)).contains(challengesOf(request)),
          request::toString);
    }
  }

  // What a server says about a malformed request is its own affair, nothing for instance.
  private List<String> challengesOf(RawRequest request) throws IOException {
    try {
      return standard().send(request).values("WWW-Authenticate");
    } catch (EOFException | SocketException e) {
      return List.of();
    }
  }

  @Test
  void C14_C22_CH2_reflectsNothingOfTheRequest() throws IOException {
    String canary = "kanarienvogel";
    List<RawRequest> requests =
        List.of(
            RawRequest.of("POST", "/" + canary + "?" + canary + "=" + canary).json(INITIALIZE),
            post().bearer(canary),
            post().bearer(canary).bearer(canary),
            post().with("Authorization", canary + " " + canary),
            post().with("Origin", "https://" + canary + ".example"),
            post().without("Host").with("Host", canary + ".example"),
            post()
                .with("Mcp-Session-Id", canary)
                .with("Mcp-Name", canary)
                .with("User-Agent", canary),
            post().bearer(tokens().mint().scope(canary).subject(canary).client(canary).text()),
            post()
                .bearer(
                    tokens()
                        .mint()
                        .header("kid", canary)
                        .claim("iss", "https://" + canary)
                        .text()));
    for (RawRequest request : requests) {
      RawResponse response = standard().send(request);
      assertTrue(response.status() >= 400, response::toString);
      assertFalse(
          response.toString().toLowerCase(Locale.ROOT).contains(canary), response::toString);
      assertEquals(0, standard().application().invocations());
    }
  }

  @Test
  void T21_F18_writesNoTokenIntoTheLog() throws Exception {
    String canary = "kanarienvogel";
    // A server of its own: the engine writes the first line of each kind, later ones only now and
    // then.
    Stand stand = open(Setup.STANDARD);
    try (LogWatch log = LogWatch.of("dev.countersign")) {
      for (RawRequest request :
          List.of(
              post().bearer(canary),
              post().bearer(canary).bearer(canary),
              post().bearer("{" + canary + "}"),
              RawRequest.of("POST", "/mcp?access_token=" + canary).json(INITIALIZE),
              post().bearer(tokens().mint().header("kid", canary).text()),
              post().bearer(tokens().mint().subject(canary).client(canary).scope(canary).text()),
              post().bearer(tokens().mint().audience(canary).claim("jti", canary).text()),
              post()
                  .bearer(tokens().mint().claim("iss", "https://" + canary + ".example").text()))) {
        assertTrue(stand.send(request).status() >= 400, request::toString);
      }

      log.lines().forEach(line -> assertFalse(line.contains(canary), line));
      assumeFalse(log.lines().isEmpty(), "the engine logs to somewhere else");
    } finally {
      stand.stop();
    }
  }

  @Test
  void C14_letsNoFieldBeInjected() throws IOException {
    for (String target :
        List.of("/%0d%0aX-Injected:%20x", "/mcp?x=%0d%0aX-Injected:%20x", "/mcp/%0aX-Injected:x")) {
      RawResponse response = standard().send(get(target));

      assertEquals(List.of(), response.values("X-Injected"), response::toString);
      assertTrue(response.status() >= 400, response::toString);
    }
  }

  @Test
  void L10_redirectsNobody() throws IOException {
    for (String target : List.of("/mcp/", "/", "/mcp/x", "/index.html", "/favicon.ico")) {
      refused(401, Refusal.NO_TOKEN, get(target));
    }
  }
}
