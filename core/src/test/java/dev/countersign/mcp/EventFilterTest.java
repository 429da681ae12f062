package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {

  private static final int LIMIT = 64;

  // Changes what says "secret", takes away what is no JSON.
  private static EventFilter filter() {
    return new EventFilter(
        data ->
            data.equals("{") || data.contains("gone")
                ? Optional.empty()
                : Optional.of(data.replace("secret", "public")),
        LIMIT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String through(byte[]... pieces) {
    EventFilter filter = filter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(filter.next(piece, 0, piece.length));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String through(String stream) {
    return through(bytes(stream));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: a\n\n",
        "data: a\r\n\r\n",
        "data: a\r\rdata: b\r\r",
        "data:a\ndata: b\n\n",
        "id: 1\nevent: message\nretry: 10\ndata: a\n\n",
        ": ping\n\ndata\n\n",
        "id: 1\ndata:\n\n",
        "\uFEFFdata: a\n\n",
        "\n\n\ndata: ü€𝄞\n\n"
      })
  void H31_anEventThatDoesNotChangeLeavesOctetForOctet(String stream) {
    assertEquals(stream, through(stream));
  }

  @Test
  void MC27_theSameLeavesWhereverTheStreamIsCut() {
    String stream =
        "\uFEFFid: 1\r\nevent: message\r\ndata: {\"ü\":\r\ndata: \"secret\"}\r\n\r\n: ping\n"
            + "data: plain\n\ndata: secret\r\rid: 3\ndata: gone\n\ndata: end\n\n";
    String expected =
        "id: 1\nevent: message\ndata: {\"ü\":\ndata: \"public\"}\n\n: ping\n"
            + "data: plain\n\ndata: public\n\ndata: end\n\n";
    byte[] all = bytes(stream);
    for (int cut = 0; cut <= all.length; cut++) {
      byte[] head = java.util.Arrays.copyOf(all, cut);
      byte[] tail = java.util.Arrays.copyOfRange(all, cut, all.length);
      assertEquals(expected, through(head, tail), "cut at " + cut);
    }
    byte[][] single = new byte[all.length][];
    for (int at = 0; at < all.length; at++) {
      single[at] = new byte[] {all[at]};
    }
    assertEquals(expected, through(single));
  }

  @Test
  void H31_anEventLeavesAsSoonAsItIsOver() {
    EventFilter filter = filter();
    assertEquals(0, filter.next(bytes("data: secret\n"), 0, 13).length);
    assertEquals(
        "data: public\n\n", new String(filter.next(bytes("\n"), 0, 1), StandardCharsets.UTF_8));
    assertEquals(
        ": ping\n", new String(filter.next(bytes(": ping\n"), 0, 7), StandardCharsets.UTF_8));
  }

  @Test
  void MC27_anEventThatIsNotOverNeverLeaves() {
    assertEquals("data: a\n\n", through("data: a\n\ndata: secret"));
    assertEquals("", through("data: secret\n"));
  }

  @Test
  void MC27_linesThatNoClientReadsDoNotLeave() {
    assertEquals("data: a\n\n", through("tools: secret\ndata: a\n\n"));
    assertEquals("", through("tools: secret\n\n"));
    assertEquals("", through("\u001F\u008Bsecret\n\n"));
    assertEquals("data: a\n\n", through("data: a\n\uFEFFdata: secret\n\n"));
  }

  @Test
  void MC27_whatIsTooLongOrNoUtf8DoesNotLeave() {
    String fits = "data: " + "x".repeat(LIMIT - 8) + "\n\n";
    assertEquals(fits, through(fits));
    assertEquals("data: b\n\n", through("data: x" + fits.substring(6) + "data: b\n\n"));
    assertEquals(
        "data: b\n\n",
        through(
            new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xC0, (byte) 0xAF, '\n', '\n'},
            bytes("data: b\n\n")));
  }
}
