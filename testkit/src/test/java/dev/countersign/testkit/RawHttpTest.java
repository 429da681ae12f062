package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RawHttpTest {

  private static final RawRequest REQUEST = RawRequest.of("GET", "/");

  private LoopbackServer server;

  private URI serving(String answer) throws IOException {
    server =
        LoopbackServer.start(
            0,
            (request, wire) -> {
              wire.write(answer.getBytes(StandardCharsets.ISO_8859_1));
              if (answer.contains("close")) {
                wire.close();
              }
            });
    return URI.create("http://localhost:" + server.port());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void readsABodyOfAKnownLength() throws IOException {
    URI uri = serving("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

    RawResponse response = RawHttp.exchange(uri, REQUEST);

    assertEquals(200, response.status());
    assertEquals("{}", response.text());
  }

  @Test
  void joinsChunksAndDropsTrailers() throws IOException {
    URI uri =
        serving(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\n{\r\n1\r\n}\r\n0\r\nX: y\r\n\r\n");

    try (RawHttp connection = RawHttp.connect(uri)) {
      assertEquals("{}", connection.exchange(REQUEST).text());
      assertEquals("{}", connection.exchange(REQUEST).text());
    }
  }

  @Test
  void readsToTheEndWithoutALength() throws IOException {
    URI uri = serving("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}");

    assertEquals("{}", RawHttp.exchange(uri, REQUEST).text());
  }

  @Test
  void skipsInterimResponsesAndNamesThem() throws IOException {
    URI uri = serving("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");

    RawResponse response = RawHttp.exchange(uri, REQUEST);

    assertEquals(204, response.status());
    assertEquals(List.of(100), response.interim());
  }

  @Test
  void expectsNoBodyAfterHead() throws IOException {
    URI uri = serving("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");

    try (RawHttp connection = RawHttp.connect(uri)) {
      assertEquals(200, connection.exchange(RawRequest.of("HEAD", "/")).status());
      assertEquals(200, connection.exchange(RawRequest.of("HEAD", "/")).status());
    }
  }

  @Test
  void keepsEveryLineOfAField() throws IOException {
    URI uri = serving("HTTP/1.1 204 \r\nA:  b \r\na: c\r\n\r\n");

    RawResponse response = RawHttp.exchange(uri, REQUEST);

    assertEquals(List.of("A:  b ", "a: c"), response.fieldLines());
    assertEquals(List.of("b", "c"), response.values("A"));
    assertThrows(AssertionError.class, () -> response.value("A"));
  }

  @Test
  void seesTheBeginningOfAStream() throws IOException {
    URI uri = serving("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");

    try (RawHttp connection = RawHttp.connect(uri)) {
      connection.send(REQUEST.bytes());
      assertEquals(200, connection.receiveHead().status());
      assertTrue(connection.readUntil("data: 1").contains("data: 1"));
    }
  }

  @Test
  void tellsAnEndFromMoreBytes() throws IOException {
    URI uri = serving("HTTP/1.1 204 \r\n\r\nclose");

    try (RawHttp connection = RawHttp.connect(uri)) {
      connection.exchange(REQUEST);
      assertFalse(connection.isEnded());
      connection.readUntil("lose");
      assertTrue(connection.isEnded());
    }
  }

  @Test
  void sendsAgainUntilTheStatusIsTheExpectedOne() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    server =
        LoopbackServer.start(
            0,
            (request, wire) -> {
              String status = asked.incrementAndGet() < 3 ? "503" : "204";
              String answer = "HTTP/1.1 " + status + " \r\nContent-Length: 0\r\n\r\n";
              wire.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            });
    URI uri = URI.create("http://localhost:" + server.port());

    assertEquals(204, RawHttp.await(uri, REQUEST, 204).status());
    assertEquals(3, asked.get());
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    URI uri = serving("SSH-2.0\r\n\r\nclose");

    assertThrows(IOException.class, () -> RawHttp.exchange(uri, REQUEST));
  }
}
