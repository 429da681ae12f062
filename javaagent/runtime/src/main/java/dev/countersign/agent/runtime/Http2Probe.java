package dev.countersign.agent.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request of HTTP/2 (RFC 9113) on a new connection, and whether it is answered. */
final class Http2Probe {

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final int END_OF_STREAM_AND_HEADERS = 5;

  // Before an answer there are settings and windows; whoever sends more does not mean to answer.
  private static final int MAX_FRAMES = 100;
  // The largest payload as long as nobody has agreed on more.
  private static final int MAX_PAYLOAD = 1 << 14;

  // Of the static table of HPACK (RFC 7541 appendix A).
  private static final int NO_NAME = 0;
  private static final int AUTHORITY = 1;
  private static final int PATH = 4;
  private static final int METHOD_GET = 0x80 | 2;
  private static final int SCHEME_HTTP = 0x80 | 6;
  private static final int SCHEME_HTTPS = 0x80 | 7;
  private static final int STATUS_400 = 0x80 | 12;

  private Http2Probe() {}

  /** As {@link ProbeProtocol#get}. */
  static byte[] get(boolean secure, String path, String field, String value) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(METHOD_GET);
    block.write(secure ? SCHEME_HTTPS : SCHEME_HTTP);
    literal(block, AUTHORITY, "localhost");
    literal(block, PATH, path);
    block.write(NO_NAME);
    string(block, field.toLowerCase(Locale.ROOT));
    string(block, value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    frame(out, HEADERS, END_OF_STREAM_AND_HEADERS, 1, block.toByteArray());
    return out.toByteArray();
  }

  /**
   * As {@link ProbeProtocol#isAnswered}. Of the status only 400 is told from others, which servers
   * send before they look for who handles a request.
   */
  static boolean isAnswered(InputStream in) throws IOException {
    DataInputStream frames = new DataInputStream(in);
    for (int i = 0; i < MAX_FRAMES; i++) {
      int head = frames.readInt();
      int type = head & 0xff;
      int length = head >>> 8;
      frames.readNBytes(5);
      if (length > MAX_PAYLOAD || type == RESET || type == GO_AWAY) {
        return false;
      }
      byte[] payload = frames.readNBytes(length);
      if (type == HEADERS) {
        return payload.length > 0 && (payload[0] & 0xff) != STATUS_400;
      }
    }
    return false;
  }

  // A field that goes into no table, by the index of its name (RFC 7541 section 6.2.2).
  private static void literal(ByteArrayOutputStream block, int name, String value) {
    block.write(name);
    string(block, value);
  }

  private static void string(ByteArrayOutputStream block, String text) {
    // An integer with a prefix of seven bits (RFC 7541 section 5.1).
    int rest = text.length();
    if (rest < 127) {
      block.write(rest);
    } else {
      block.write(127);
      for (rest -= 127; rest >= 128; rest >>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void frame(
      ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
    int length = payload.length;
    for (int octet : new int[] {length >> 16, length >> 8, length, type, flags, 0, 0, 0, stream}) {
      out.write(octet);
    }
    out.writeBytes(payload);
  }
}
