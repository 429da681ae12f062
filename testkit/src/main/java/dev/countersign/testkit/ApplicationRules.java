package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.DecisionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the application gets once a request was admitted: everything, unchanged. */
abstract class ApplicationRules extends StreamRules {

  private RawRequest good() {
    return post().bearer(tokens().valid());
  }

  @Test
  void T16_BP1_BP31_handsALargeBodyOnUnchanged() throws IOException {
    long seed = System.nanoTime();
    StringBuilder text = new StringBuilder();
    Random random = new Random(seed);
    while (text.length() < 500_000) {
      text.append((char) (' ' + random.nextInt(90)));
    }
    String json =
        StrictJson.write(
            Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "ping",
                "params",
                Map.of("x", text + "\u20ac")));
    String expected =
        new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    for (Setup setup : List.of(Setup.STANDARD, Setup.TOOLS)) {
      String body = seen(stand(setup), rpc(json).bearer(tokens().valid())).body();
      assertEquals(expected.length(), body.length(), setup + ", seed " + seed);
      assertTrue(expected.equals(body), setup + ", seed " + seed);
    }
  }

  @Test
  void T16_leavesAFormUnread() throws IOException {
    byte[] form = "a=b&access_token=c&%00=%ff".getBytes(StandardCharsets.US_ASCII);
    RawRequest request =
        RawRequest.of("POST", "/mcp?access_token=d")
            .bearer(tokens().valid())
            .with("Content-Type", "application/x-www-form-urlencoded")
            .body(form);

    assertEquals("a=b&access_token=c&%00=%ff", seen(standard(), request).body());
  }

  @Test
  void T16_handsAChunkedBodyOn() throws IOException {
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .bearer(tokens().valid())
            .with("Content-Type", "application/json")
            .chunked(INITIALIZE);

    assertEquals(INITIALIZE, seen(standard(), request).body());
    assertEquals(INITIALIZE, seen(stand(Setup.TOOLS), request).body());
  }

  @Test
  void H16_H29_H22_H23_leavesTheAnswersOfTheApplicationAlone() throws IOException {
    for (int status : List.of(202, 400, 403, 404, 405, 406, 415, 500, 503)) {
      RawResponse response =
          reached(standard(), good().with(ProbeApplication.PROBE, "status " + status));

      assertEquals(status, response.status());
      assertEquals("{\"application\":" + status + "}", response.text());
      assertEquals(List.of(), response.values("WWW-Authenticate"));
      assertEquals(status == 405 ? List.of("POST") : List.of(), response.values("Allow"));
    }
  }

  @Test
  void keepsTheChallengeOfTheApplication() throws IOException {
    RawResponse response = reached(standard(), good().with(ProbeApplication.PROBE, "challenge"));

    assertEquals(401, response.status());
    assertEquals(List.of(ProbeApplication.OWN_CHALLENGE), response.values("WWW-Authenticate"));
  }

  @Test
  void H24_H26_H28_MC12_handsFieldsOnAndMintsNoSession() throws IOException {
    String session = begin(standard(), tokens().valid());
    RawRequest request =
        good().with("Mcp-Param-X", "=?base64?eA==?=").with("Mcp-Session-Id", session);

    RawResponse response = reached(standard(), request);

    assertEquals(
        List.of("=?base64?eA==?="),
        standard().application().seen().get(0).fields().get("mcp-param-x"));
    assertEquals(
        List.of(session), standard().application().seen().get(0).fields().get("mcp-session-id"));
    assertEquals(List.of(), response.values("Mcp-Session-Id"));
  }

  @Test
  void H31_letsTheFirstEventOutBeforeTheLastIsMade() throws IOException {
    for (Setup setup : List.of(Setup.STANDARD, Setup.TOOLS)) {
      Stand stand = stand(setup);
      try (RawHttp connection = stand.connect()) {
        connection.send(good().with(ProbeApplication.PROBE, "stream").bytes());
        assertEquals("text/event-stream", Refusal.mediaType(connection.receiveHead()));

        connection.readUntil("data: one");
        stand.application().releaseStream();

        connection.readUntil("data: two");
      }
    }
  }

  @Test
  void N16_tellsTheApplicationTheUser() throws IOException {
    needs(Capability.USER);

    assertEquals(Optional.of("alice"), seen(standard(), good()).user());
    assertEquals(
        Optional.of("alice"), seen(standard(), good().with("X-Remote-User", "mallory")).user());
    assertEquals(Optional.empty(), seen(standard(), get("/health")).user());
  }

  @Test
  void N15_takesTheUserFromTheTokenNotFromTheConnection() throws IOException {
    needs(Capability.USER);
    String bob = tokens().mint().subject("bob").text();
    try (RawHttp connection = standard().connect()) {
      for (String token : List.of(tokens().valid(), bob, tokens().valid(), bob)) {
        connection.exchange(post().bearer(token));
      }
      connection.exchange(get("/health"));
    }

    List<String> users =
        standard().application().seen().stream().map(seen -> seen.user().orElse("")).toList();
    assertEquals(List.of("alice", "bob", "alice", "bob", ""), users);
  }

  @Test
  void K05_keepsTheUserOnOtherThreads() throws IOException {
    needs(Capability.USER);
    needs(Capability.LATER);

    assertEquals(
        Optional.of("alice"),
        seen(standard(), good().with(ProbeApplication.PROBE, "later")).user());
  }

  @Test
  void N16_mixesUpNoUsers() throws Exception {
    needs(Capability.USER);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String token = tokens().mint().subject("user-" + i).text();
        String wish = i % 2 == 0 || !capabilities().contains(Capability.LATER) ? "echo" : "later";
        answers.add(
            threads.submit(() -> user(post().bearer(token).with(ProbeApplication.PROBE, wish))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertEquals("user-" + i, answers.get(i).get());
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private String user(RawRequest request) throws IOException {
    return String.valueOf(standard().send(request).json().get("user"));
  }

  @Test
  void reportsOnlyWhenToldSo() throws IOException {
    Stand report = stand(Setup.REPORT_ONLY);

    for (RawRequest request :
        List.of(post(), post().bearer("bad"), post().bearer("a").bearer("b"))) {
      assertEquals(200, reached(report, request).status());
      report.decision().ifPresent(ApplicationRules::wouldBeDenied);
    }
    assertEquals(200, report.send(get(METADATA + "/mcp")).status());
  }

  @Test
  void reportsOnlyOfABodyThatIsTooLargeToBeJudged() throws IOException {
    Stand report = stand(Setup.REPORT_ONLY);
    // A piece that is missing or in another place is seen.
    String body = "{\"x\":" + IntStream.range(0, 10_000).boxed().toList() + "}";
    RawRequest request = RawRequest.of("POST", "/mcp").bearer(tokens().valid());
    RawRequest chunked = request.with("Content-Type", "application/json").chunked(body);

    for (RawRequest large : List.of(request.json(body), chunked)) {
      assertEquals(
          -1, Arrays.mismatch(body.toCharArray(), seen(report, large).body().toCharArray()));
      report.decision().ifPresent(ApplicationRules::wouldBeDenied);
    }
  }

  private static void wouldBeDenied(DecisionEvent event) {
    assertInstanceOf(Decision.Denied.class, event.decision());
    assertFalse(event.enforced());
  }

  @Test
  void recordsEveryDecisionOnce() throws IOException {
    refused(401, post());
    reached(standard(), good());

    List<Decision> decisions =
        standard().decisions().events().stream().map(DecisionEvent::decision).toList();
    assertEquals(2, decisions.size());
    assertEquals(
        Denial.NO_CREDENTIALS, assertInstanceOf(Decision.Denied.class, decisions.get(0)).why());
    assertInstanceOf(Decision.Granted.class, decisions.get(1));
  }
}
