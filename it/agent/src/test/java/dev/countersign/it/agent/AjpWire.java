package dev.countersign.it.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection of AJP 1.3 to a container, as a web server has it that stands before one. Not
 * thread-safe.
 */
final class AjpWire implements AutoCloseable {

  private static final int TO_CONTAINER = 0x1234;
  private static final int FORWARD_REQUEST = 2;
  private static final int GET = 2;
  private static final int POST = 4;
  private static final int SEND_BODY_CHUNK = 3;
  private static final int SEND_HEADERS = 4;
  private static final int END_RESPONSE = 5;
  private static final int GET_BODY_CHUNK = 6;
  private static final int REMOTE_USER = 3;
  private static final int NO_MORE_ATTRIBUTES = 0xff;
  private static final int TIMEOUT_MILLIS = 10_000;

  // Names that a container writes as a number: 0xA001 and so on.
  private static final int CODED = 0xa000;
  private static final List<String> NAMES =
      List.of(
          "Content-Type",
          "Content-Language",
          "Content-Length",
          "Date",
          "Last-Modified",
          "Location",
          "Set-Cookie",
          "Set-Cookie2",
          "Servlet-Engine",
          "Status",
          "WWW-Authenticate");

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  /**
   * What came, as far as it did.
   *
   * @param status the status
   * @param fields the field lines
   * @param body the body
   * @param isWhole whether its end came too
   */
  record Answer(int status, List<String> fields, String body, boolean isWhole) {}

  /** Connects. */
  AjpWire(URI server) throws IOException {
    socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /**
   * Sends a request, and receives its answer.
   *
   * @param body empty for a GET
   * @param fields names and values, in turns
   */
  Answer exchange(String body, String... fields) throws IOException {
    send(forwarded(body, fields));
    if (!body.isEmpty()) {
      send(chunk(body));
    }
    return receive();
  }

  private static byte[] forwarded(String body, String... fields) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(message);
    to.writeByte(FORWARD_REQUEST);
    to.writeByte(body.isEmpty() ? GET : POST);
    // Protocol, path, address and name of the client, name and port of the server.
    for (String one : List.of("HTTP/1.1", "/mcp", "192.0.2.7", "client", "mcp.example.com")) {
      text(to, one);
    }
    to.writeShort(443);
    to.writeBoolean(true);
    to.writeShort(fields.length / 2 + 2);
    text(to, "Host");
    text(to, "mcp.example.com");
    text(to, "Content-Length");
    text(to, Integer.toString(body.length()));
    for (String one : fields) {
      text(to, one);
    }
    // Whom the web server has found, by whatever means.
    to.writeByte(REMOTE_USER);
    text(to, "somebody");
    to.writeByte(NO_MORE_ATTRIBUTES);
    return message.toByteArray();
  }

  private static byte[] chunk(String body) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(message);
    to.writeShort(body.length());
    to.writeBytes(body);
    return message.toByteArray();
  }

  private static void text(DataOutputStream to, String text) throws IOException {
    to.writeShort(text.length());
    to.writeBytes(text);
    to.writeByte(0);
  }

  private void send(byte[] message) throws IOException {
    out.writeShort(TO_CONTAINER);
    out.writeShort(message.length);
    out.write(message);
  }

  private Answer receive() throws IOException {
    int status = 0;
    List<String> fields = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    try {
      while (true) {
        in.readUnsignedShort();
        int length = in.readUnsignedShort() - 1;
        switch (in.readUnsignedByte()) {
          case SEND_HEADERS -> {
            status = in.readUnsignedShort();
            head(fields);
          }
          case SEND_BODY_CHUNK -> body.append(text());
          // There is no more of it.
          case GET_BODY_CHUNK -> {
            in.skipNBytes(length);
            send(new byte[0]);
          }
          case END_RESPONSE -> {
            in.skipNBytes(length);
            return new Answer(status, fields, body.toString(), true);
          }
          default -> throw new IOException("not a message of a container");
        }
      }
    } catch (EOFException | SocketException e) {
      return new Answer(status, fields, body.toString(), false);
    }
  }

  // Behind the status; the reason comes first.
  private void head(List<String> fields) throws IOException {
    text();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      int length = in.readUnsignedShort();
      String name = length > CODED ? NAMES.get(length - CODED - 1) : text(length);
      fields.add(name + ": " + text());
    }
  }

  private String text() throws IOException {
    return text(in.readUnsignedShort());
  }

  private String text(int length) throws IOException {
    String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    in.skipNBytes(1);
    return text;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
