package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A session that the application begins is its first caller's alone. */
abstract class SessionRules extends MixedModeRules {

  private static final String SESSION = "Mcp-Session-Id";

  private static final String ANSWER_OF_CLIENT =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"action\":\"accept\"}}";

  /** Has the application begin a session, and gives its id. */
  final String begin(Stand stand, String token) throws IOException {
    needs(Capability.SESSIONS);
    String session = UUID.randomUUID().toString();
    RawRequest initialize =
        post()
            .bearer(token)
            .with(ProbeApplication.PROBE, "answer 200")
            .with(ProbeApplication.FIELD, SESSION + ": " + session);

    RawResponse response = reached(stand, initialize);

    assertEquals(200, response.status(), response::toString);
    assertEquals(List.of(session), response.values(SESSION));
    return session;
  }

  private String bob() {
    return tokens().mint().subject("bob").text();
  }

  private static List<RawRequest> in(String session, String token) {
    RawRequest delete = RawRequest.of("DELETE", "/mcp").with(ProbeApplication.PROBE, "status 405");
    return List.of(
            post(),
            rpc(ANSWER_OF_CLIENT),
            get("/mcp").with("Accept", "text/event-stream"),
            get("/mcp").with("Accept", "text/event-stream").with("Last-Event-ID", "1"),
            delete)
        .stream()
        .map(request -> request.with(SESSION, session).bearer(token))
        .toList();
  }

  @Test
  void N05_N06_N07_H17_H18_MC14_MC15_MC20_MC21_MC30_aSessionIsNobodyElses() throws IOException {
    String session = begin(standard(), tokens().valid());
    for (String other : List.of(bob(), tokens().mint().client("client-2").text())) {
      List<RawRequest> known = in(session, other);
      List<RawRequest> unknown = in("no-such-session", other);
      for (int at = 0; at < known.size(); at++) {
        RawResponse answer = refused(404, known.get(at));
        assertEquals(List.of(), answer.values("WWW-Authenticate"));
        assertEquals(shape(refused(404, unknown.get(at))), shape(answer));
      }
    }
    for (RawRequest own : in(session, tokens().valid())) {
      reached(standard(), own);
    }
  }

  // What a client can tell apart, but for the time.
  private static String shape(RawResponse response) {
    List<String> lines =
        response.fieldLines().stream()
            .filter(line -> !line.regionMatches(true, 0, "Date:", 0, 5))
            .toList();
    return response.status() + " " + lines + response.text();
  }

  @Test
  void N01_N02_judgesEveryRequestOfASession() throws IOException {
    String token = tokens().valid();
    RawRequest request = post().with(SESSION, begin(standard(), token));
    standard().application().clear();
    try (RawHttp connection = standard().connect()) {
      for (int i = 1; i <= 100; i++) {
        int status = connection.exchange(i == 50 ? request : request.bearer(token)).status();
        assertEquals(i == 50 ? 401 : 200, status, "request " + i);
      }
    }
    assertEquals(99, standard().application().invocations());
  }

  @Test
  void N08_MC23_aRefreshedTokenKeepsItsSession() throws IOException {
    String session = begin(standard(), tokens().valid());

    seen(standard(), post().with(SESSION, session).bearer(tokens().valid()));
    String narrow = tokens().mint().scope("other").text();
    refused(403, post().with(SESSION, session).bearer(narrow));
  }

  @Test
  void MC16_noRequestMakesASessionItsOwn() throws IOException {
    String session = UUID.randomUUID().toString();
    RawRequest request =
        post()
            .bearer(tokens().valid())
            .with(SESSION, session)
            .with(ProbeApplication.PROBE, "answer 200")
            .with(ProbeApplication.FIELD, SESSION + ": " + session);

    refused(404, request);
    refused(404, request);
  }

  @Test
  void MC17_refusesWhatIsNoSession() throws IOException {
    String session = begin(standard(), tokens().valid());
    refused(400, post().bearer(tokens().valid()).with(SESSION, session).with(SESSION, session));
    refused(400, post().bearer(tokens().valid()).with(SESSION, session + " x"));
    refused(400, post().bearer(tokens().valid()).with(SESSION, "x".repeat(1025)));
    neverReaches(
        standard(), post().bearer(tokens().valid()).with(SESSION, session.replace("-", "\u0001")));
  }

  @Test
  void H28_MC22_aSessionMeansNothingToAModernRequest() throws IOException {
    RawRequest modern =
        post()
            .bearer(tokens().valid())
            .with("MCP-Protocol-Version", "2026-07-28")
            .with("Mcp-Method", "initialize");
    RawResponse without = reached(standard(), modern);

    RawResponse with = reached(standard(), modern.with(SESSION, "made-up"));
    assertEquals(without.text(), with.text());
    assertEquals(List.of(), with.values(SESSION));

    String session = begin(standard(), tokens().valid());
    neverReaches(
        standard(),
        post()
            .bearer(bob())
            .with("MCP-Protocol-Version", "2026-07-28")
            .with("Mcp-Method", "initialize")
            .with(SESSION, session));
  }

  @Test
  void N09_H17_endsWithADelete() throws IOException {
    String session = begin(standard(), tokens().valid());
    RawRequest delete =
        RawRequest.of("DELETE", "/mcp")
            .with(SESSION, session)
            .with(ProbeApplication.PROBE, "status 200");

    refused(401, delete);
    refused(404, delete.bearer(bob()));
    assertEquals(
        200,
        reached(standard(), delete.without("Authorization").bearer(tokens().valid())).status());
    RawRequest after = post().with(SESSION, session).bearer(tokens().valid());
    assertTrue(RawHttp.await(standard().server().uri(), after, 404).text().contains("session"));
  }
}
