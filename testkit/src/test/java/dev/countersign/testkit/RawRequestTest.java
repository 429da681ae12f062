package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawRequestTest {

  private static String text(RawRequest request) {
    return new String(request.bytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void writesLinesInTheOrderGiven() {
    RawRequest request = RawRequest.of("GET", "/a b").with("X", "1").with("x", "2");

    assertEquals(
        "GET /a b HTTP/1.1\r\nHost: mcp.example.com\r\nX: 1\r\nx: 2\r\n\r\n", text(request));
  }

  @Test
  void leavesOutEveryLineOfAField() {
    RawRequest request =
        RawRequest.of("GET", "/").with("host", "b").with("Hostess", "c").without("Host");

    assertEquals("GET / HTTP/1.1\r\nHostess: c\r\n\r\n", text(request));
  }

  @Test
  void countsBytesOfTheBody() {
    RawRequest request = RawRequest.of("POST", "/").json("\"\u00e9\"");

    assertEquals(
        "POST / HTTP/1.1\r\nHost: mcp.example.com\r\nContent-Type: application/json\r\n"
            + "Content-Length: 4\r\n\r\n\"\u00c3\u00a9\"",
        text(request));
  }

  @Test
  void writesChunksAndTrailers() {
    RawRequest request =
        RawRequest.of("POST", "/").without("Host").chunked("0123456789", "Authorization: x");

    assertEquals(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "a\r\n0123456789\r\n0\r\nAuthorization: x\r\n\r\n",
        text(request));
  }

  @Test
  void letsTheRequestLineBeAnything() {
    RawRequest request = RawRequest.of("GET", "/").without("Host").requestLine("GET /");

    assertEquals("GET /\r\n\r\n", text(request));
  }

  @Test
  void printsNoToken() {
    assertEquals("GET / HTTP/1.1", RawRequest.of("GET", "/").bearer("secret").toString());
  }
}
