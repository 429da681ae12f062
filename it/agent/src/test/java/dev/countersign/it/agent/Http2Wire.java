package dev.countersign.it.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * One connection of HTTP/2 (RFC 9113) on which exactly the given fields are sent. Not thread-safe.
 */
final class Http2Wire implements AutoCloseable {

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  // RFC 7541 appendix A.
  private static final Map<String, Integer> STATIC =
      Map.of(":authority", 1, ":method", 2, ":path", 4, ":scheme", 6);

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final byte INITIAL_WINDOW = 4;
  private static final byte CANCEL = 8;

  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private int headerSections;
  private boolean isReset;

  /** Connects, and says nothing yet. */
  Http2Wire(URI server) throws IOException {
    socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Sends bytes, of HTTP/1.1 for instance. */
  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Receives what is no frame, up to the end of a text. */
  String receiveUntil(String end) throws IOException {
    StringBuilder received = new StringBuilder();
    while (received.indexOf(end) < 0) {
      received.append((char) in.readUnsignedByte());
    }
    return received.toString();
  }

  /** Begins to speak HTTP/2. */
  void begin() throws IOException {
    send(PREFACE);
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Begins to speak HTTP/2, but takes no body. */
  void beginWithoutRoom() throws IOException {
    send(PREFACE);
    frame(SETTINGS, 0, 0, new byte[] {0, INITIAL_WINDOW, 0, 0, 0, 0});
  }

  /** The fields of a GET of the resource, and further ones. */
  static String[] get(String... more) {
    String[] pseudo = {
      ":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", "/mcp"
    };
    String[] fields = Arrays.copyOf(pseudo, pseudo.length + more.length);
    System.arraycopy(more, 0, fields, pseudo.length, more.length);
    return fields;
  }

  /** Sends a request without a body, as the first stream of the connection. */
  void request(String... fields) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      // A literal field that goes into no table (RFC 7541 section 6.2.2). Helidon takes no literal
      // names of pseudo-header fields.
      int name = STATIC.getOrDefault(fields[i], 0);
      block.write(name);
      if (name == 0) {
        literal(block, fields[i]);
      }
      literal(block, fields[i + 1]);
    }
    frame(HEADERS, END_STREAM | END_HEADERS, 1, block.toByteArray());
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    // An integer with a prefix of seven bits (RFC 7541 section 5.1).
    int length = text.length();
    block.write(Math.min(length, 127));
    if (length >= 127) {
      int rest = length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 127 | 128);
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    int length = payload.length;
    for (int octet : new int[] {length >> 16, length >> 8, length, type, flags, 0, 0, 0, stream}) {
      frame.write(octet);
    }
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /**
   * The body of the answer to the first stream, as far as it comes: the server may reset the stream
   * or end the connection.
   */
  String body() throws IOException {
    StringBuilder body = new StringBuilder();
    try {
      while (!isOver(body)) {
        // Until the end of the stream.
      }
    } catch (EOFException | SocketException e) {
      // The end of the connection.
    }
    return body.toString();
  }

  private boolean isOver(StringBuilder body) throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (type == DATA && stream == 1) {
      body.append(new String(payload, StandardCharsets.UTF_8));
    }
    if (type == HEADERS && stream == 1) {
      headerSections++;
    }
    isReset |= type == RESET && stream == 1;
    boolean isLast = (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    return type == GO_AWAY || stream == 1 && isLast || isReset;
  }

  /** Waits for the head of the answer. */
  void receiveHead() throws IOException {
    while (headerSections == 0) {
      isOver(new StringBuilder());
    }
  }

  /** The first part of the body of the answer. */
  String receivePart() throws IOException {
    StringBuilder body = new StringBuilder();
    while (body.isEmpty()) {
      isOver(body);
    }
    return body.toString();
  }

  /** Goes away from the answer, not from the connection. */
  void reset() throws IOException {
    frame(RESET, 0, 1, new byte[] {0, 0, 0, CANCEL});
  }

  /** Whether the body was followed by trailers. */
  boolean hasTrailers() {
    return headerSections == 2;
  }

  /** Whether the server has reset the stream. */
  boolean isReset() {
    return isReset;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
