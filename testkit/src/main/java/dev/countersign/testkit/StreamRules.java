package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream lasts as long as its token, and nobody has too many. */
abstract class StreamRules extends SessionRules {

  private static RawRequest listen(String token, String wish) {
    return get("/mcp")
        .with("Accept", "text/event-stream")
        .with(ProbeApplication.PROBE, wish)
        .bearer(token);
  }

  private static RawHttp open(Stand stand, RawRequest request) throws IOException {
    RawHttp connection = stand.connect();
    connection.send(request.bytes());
    assertEquals(200, connection.receiveHead().status());
    connection.readUntil("data: one");
    return connection;
  }

  @Test
  void H21_MC24_aStreamEndsWithItsToken() throws IOException {
    needs(Capability.STREAM_END);
    Stand stand = stand(Setup.STREAMS);
    String token = tokens().mint().expiresIn(Duration.ofSeconds(4)).text();
    RawRequest modern =
        post()
            .with("MCP-Protocol-Version", "2026-07-28")
            .with("Mcp-Method", "subscriptions/listen")
            .with(ProbeApplication.PROBE, "stream")
            .bearer(tokens().mint().client("client-2").expiresIn(Duration.ofSeconds(4)).text());
    RawRequest call = post().with(ProbeApplication.PROBE, "stream").bearer(token);
    try (RawHttp first = open(stand, listen(token, "stream"));
        RawHttp later = open(stand, listen(token, wishedLater()));
        RawHttp listening = open(stand, modern);
        RawHttp calling = open(stand, call)) {
      awaitEnd(first);
      awaitEnd(later);
      awaitEnd(listening);

      // The answer to a single call goes on; all wait in the application for the same word.
      for (int stream = 0; stream < 4; stream++) {
        stand.application().releaseStream();
      }
      calling.readUntil("data: two");
    }
    assertEquals(200, reached(stand, post().bearer(tokens().valid())).status());
  }

  private String wishedLater() {
    return capabilities().contains(Capability.LATER) ? "later stream" : "stream";
  }

  // The end of a chunked body, or of the connection; not that of the application, which speaks
  // then.
  private static void awaitEnd(RawHttp connection) throws IOException {
    try {
      String rest = connection.readUntil("0\r\n\r\n");
      assertFalse(rest.contains("never released"), rest);
    } catch (EOFException | SocketException e) {
      // Closed without more words.
    }
  }

  @Test
  void MC26_oneCallerHasSoManyStreamsAndNoMore() throws IOException {
    needs(Capability.STREAM_END);
    Stand stand = stand(Setup.STREAMS);
    RawRequest another = listen(tokens().valid(), "status 200");
    try (RawHttp first = open(stand, listen(tokens().valid(), "stream"));
        RawHttp second = open(stand, listen(tokens().valid(), "stream"))) {
      RawResponse answer = refused(stand, 429, another);
      assertEquals(List.of("60"), answer.values("Retry-After"));
      assertEquals(List.of(), answer.values("WWW-Authenticate"));
      reached(stand, listen(tokens().mint().subject("bob").text(), "status 200"));
      reached(stand, post().bearer(tokens().valid()));

      stand.application().releaseStream();
      stand.application().releaseStream();
      first.readUntil("data: two");
      second.readUntil("data: two");
    }
    RawHttp.await(stand.server().uri(), another, 200);
  }
}
