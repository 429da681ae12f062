package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways around the gate: odd messages, and connections on which a good token came before. */
abstract class MessageRules extends PathRules {

  @Test
  void PA10_PA11_PM3_judgesEveryFormOfTarget() throws IOException {
    for (String line :
        List.of(
            "POST http://mcp.example.com/mcp HTTP/1.1",
            "POST http://mcp.example.com/health/../mcp HTTP/1.1",
            "POST http://evil.example/mcp HTTP/1.1",
            "POST https://mcp.example.com/mcp HTTP/1.1",
            "POST mcp.example.com:80 HTTP/1.1",
            "CONNECT mcp.example.com:80 HTTP/1.1",
            "POST * HTTP/1.1",
            "POST /mcp HTTP/1.0",
            "POST /mcp HTTP/2.0",
            "POST /mcp HTTP/1.1 x",
            "POST  /mcp HTTP/1.1",
            "POST /mcp",
            "PRI * HTTP/2.0")) {
      neverReaches(standard(), post().requestLine(line));
      neverReaches(standard(), post().requestLine(line).without("Host"));
    }
  }

  // RFC 9110 section 9.3.7: it asks the server as a whole, which may answer by itself.
  @Test
  void PA10_leadsOptionsOfTheServerToNoApplication() throws IOException {
    standard().send(RawRequest.of("OPTIONS", "*"));

    assertEquals(0, standard().application().invocations());
  }

  @Test
  void HT16_judgesHttp10() throws IOException {
    needs(Capability.HTTP_1_0);
    RawRequest old = post().requestLine("POST /mcp HTTP/1.0").without("Host");

    refused(401, Refusal.NO_TOKEN, old);
    seen(standard(), old.bearer(tokens().valid()));
  }

  @Test
  void K07_PA21_refusesUpgradesWithoutAToken() throws IOException {
    RawRequest socket =
        get("/mcp")
            .with("Connection", "Upgrade")
            .with("Upgrade", "websocket")
            .with("Sec-WebSocket-Version", "13")
            .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

    refused(401, Refusal.NO_TOKEN, socket);
    RawResponse switched =
        standard()
            .send(
                get("/mcp")
                    .with("Connection", "Upgrade, HTTP2-Settings")
                    .with("Upgrade", "h2c")
                    .with("HTTP2-Settings", "AAMAAABkAAQAAP__"));
    // With 101 the answer follows in HTTP/2.
    assertTrue(switched.status() == 101 || switched.status() >= 400, switched::toString);
    assertEquals(0, standard().application().invocations());
  }

  @Test
  void S14_HT10_trustsNoConnection() throws IOException {
    try (RawHttp connection = standard().connect()) {
      assertEquals(200, connection.exchange(post().bearer(tokens().valid())).status());
      assertEquals(401, connection.exchange(post()).status());
      assertEquals(200, connection.exchange(post().bearer(tokens().valid())).status());
      assertEquals(401, connection.exchange(post().bearer("bad")).status());
    }
    assertEquals(2, standard().application().invocations());
  }

  @Test
  void HT9_judgesPipelinedRequestsOneByOne() throws IOException {
    try (RawHttp connection = standard().connect()) {
      connection.send(post().bytes());
      connection.send(post().bearer(tokens().valid()).bytes());
      connection.send(post().bytes());

      assertEquals(401, connection.receive().status());
      assertEquals(200, connection.receive().status());
      assertEquals(401, connection.receive().status());
    }
    assertEquals(1, standard().application().invocations());
  }

  @Test
  void S34_HT6_refusesBeforeTheBodyIsSent() throws IOException {
    RawRequest waiting = post().content(new byte[0]).with("Expect", "100-continue").bearer("bad");
    try (RawHttp connection = standard().connect()) {
      connection.send(waiting.bytes());

      RawResponse response = connection.receive();

      assertEquals(401, response.status(), response::toString);
      assertEquals(List.of(Refusal.INVALID_TOKEN), response.values("WWW-Authenticate"));
    }
    assertEquals(0, standard().application().invocations());
  }

  // RFC 9110 section 10.1.1: the client waits until somebody wants to read.
  @Test
  void T16_HT6_asksForTheBodyThatADecisionNeeds() throws IOException {
    needs(Capability.CONTINUE);
    Stand stand = stand(Setup.TOOLS);
    RawRequest waiting =
        post().content(new byte[0]).with("Expect", "100-continue").bearer(tokens().valid());
    try (RawHttp connection = stand.connect()) {
      connection.send(waiting.bytes());
      String interim = connection.readUntil("\r\n\r\n");
      assertTrue(interim.startsWith("HTTP/1.1 100 "), interim);
      connection.send(INITIALIZE.getBytes(StandardCharsets.US_ASCII));

      assertEquals(200, connection.receive().status());
    }
    assertEquals(INITIALIZE, stand.application().seen().get(0).body());
  }

  @Test
  void HT7_refusesWithoutWaitingForALargeBody() throws IOException {
    RawRequest large =
        RawRequest.of("POST", "/mcp")
            .bearer("bad")
            .with("Content-Type", "application/json")
            .with("Content-Length", "1000000000")
            .content("{".getBytes(StandardCharsets.US_ASCII));
    try (RawHttp connection = standard().connect()) {
      connection.send(large.bytes());

      // A server may have a limit of its own and look at it first.
      assertTrue(List.of(401, 413).contains(connection.receive().status()));
    }
    assertEquals(0, standard().application().invocations());
  }

  @Test
  void K13_HT1_HT2_HT3_leavesFramingToTheServer() throws IOException {
    for (List<String> lines :
        List.of(
            List.of("Content-Length: 2", "Content-Length: 3"),
            List.of("Content-Length: +2"),
            List.of("Content-Length: 0x2"),
            List.of("Transfer-Encoding: chunked", "Content-Length: 2"),
            List.of("Transfer-Encoding: nonsense"))) {
      RawRequest request = RawRequest.of("POST", "/mcp").with("Connection", "close");
      for (String line : lines) {
        request = request.line(line);
      }
      neverReaches(standard(), request.content("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }
  }

  @Test
  void PA28_survivesAnEndlessRequestLine() throws IOException {
    neverReaches(standard(), get("/mcp?" + "a".repeat(1_000_000)));

    assertTrue(standard().send(post()).status() == 401);
  }
}
