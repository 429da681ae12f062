package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Http2ProbeTest {

  private static final String SETTINGS = "000000" + "04" + "00" + "00000000";

  private static boolean isAnswered(String... frames) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(String.join("", frames));
    return Http2Probe.isAnswered(new ByteArrayInputStream(bytes));
  }

  // RFC 7541 appendix A: 8 is 200, 12 is 400.
  private static String answer(int index) {
    return "000001" + "01" + "05" + "00000001" + Integer.toHexString(0x80 | index);
  }

  @Test
  void K10_takesEveryStatusForAnAnswer() throws IOException {
    assertTrue(isAnswered(SETTINGS, answer(8)));
    // A literal: 401.
    assertTrue(isAnswered(SETTINGS, "000005" + "01" + "05" + "00000001" + "0803343031"));
  }

  @Test
  void takesNoRefusalBeforeRoutingForAnAnswer() throws IOException {
    assertFalse(isAnswered(SETTINGS, answer(12)));
    // RST_STREAM, GOAWAY.
    assertFalse(isAnswered(SETTINGS, "000004" + "03" + "00" + "00000001" + "00000007"));
    assertFalse(isAnswered("000008" + "07" + "00" + "00000000" + "0000000000000001"));
  }

  @Test
  void takesNothingElseForAnAnswer() throws IOException {
    String[] settings = new String[200];
    Arrays.fill(settings, SETTINGS);

    assertFalse(isAnswered(settings));
    // "HTTP/1.1 " would be a frame of 4 MB.
    assertFalse(
        isAnswered(
            HexFormat.of()
                .formatHex("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII))));
    assertThrows(EOFException.class, () -> isAnswered(SETTINGS));
  }

  @Test
  void writesAPathOfAnyLength() {
    byte[] request = Http2Probe.get(false, "/" + "p".repeat(299), "Countersign-Probe", "7");
    int headers = 24 + 9;
    int length =
        (request[headers] & 0xff) << 16
            | (request[headers + 1] & 0xff) << 8
            | request[headers + 2] & 0xff;

    assertEquals(request.length - headers - 9, length);
    // 300 is 127 + 173, and 173 is 45 + 128 * 1 (RFC 7541 section 5.1).
    assertArrayEquals(
        new byte[] {4, 127, (byte) (45 | 128), 1, '/'},
        Arrays.copyOfRange(request, headers + 9 + 2 + 11, headers + 9 + 2 + 16));
  }
}
