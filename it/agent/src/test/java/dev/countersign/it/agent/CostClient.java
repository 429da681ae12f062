package dev.countersign.it.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The same request again and again on a few kept connections, with as little work as possible: one
 * thread writes to all of them, then reads from all of them. Not thread-safe.
 */
final class CostClient implements AutoCloseable {

  private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
  private static final byte[] END_OF_CHUNKS = ascii("\r\n0\r\n\r\n");
  private static final byte[] OK = ascii("HTTP/1.1 200");
  private static final byte[] LENGTH = ascii("content-length: ");

  private final byte[] request;
  private final byte[] buffer = new byte[1 << 14];
  private final List<Socket> connections = new ArrayList<>();

  /**
   * Connects.
   *
   * @param server where
   * @param request the bytes of the request
   * @param connections how many
   */
  CostClient(URI server, byte[] request, int connections) throws IOException {
    this.request = request.clone();
    for (int i = 0; i < connections; i++) {
      Socket socket = new Socket(server.getHost(), server.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      this.connections.add(socket);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sends.
   *
   * @param times how often, on each connection
   * @throws IOException if an answer is not 200
   */
  void send(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      for (Socket connection : connections) {
        connection.getOutputStream().write(request);
      }
      for (Socket connection : connections) {
        receive(connection.getInputStream());
      }
    }
  }

  private void receive(InputStream in) throws IOException {
    int length = 0;
    do {
      int read = in.read(buffer, length, buffer.length - length);
      if (read < 0) {
        throw new IOException("the server has ended the connection");
      }
      length += read;
    } while (!isWhole(length));
    if (indexOf(OK, 0, OK.length) != 0) {
      throw new IOException(
          "expected 200: " + new String(buffer, 0, 12, StandardCharsets.ISO_8859_1));
    }
  }

  private boolean isWhole(int length) {
    int head = indexOf(END_OF_HEAD, 0, length);
    if (head < 0) {
      return false;
    }
    int field = indexOf(LENGTH, 0, head);
    if (field < 0) {
      return indexOf(END_OF_CHUNKS, length - END_OF_CHUNKS.length, length) >= 0;
    }
    int body = 0;
    for (int i = field + LENGTH.length; buffer[i] != '\r'; i++) {
      body = body * 10 + buffer[i] - '0';
    }
    return length >= head + END_OF_HEAD.length + body;
  }

  private int indexOf(byte[] text, int from, int to) {
    for (int i = from; i <= to - text.length; i++) {
      int matched = 0;
      while (matched < text.length && same(buffer[i + matched], text[matched])) {
        matched++;
      }
      if (matched == text.length) {
        return i;
      }
    }
    return -1;
  }

  // Letters of field names in either case.
  private static boolean same(byte read, byte expected) {
    return read == expected || (expected >= 'a' && expected <= 'z' && read == expected - 32);
  }

  @Override
  public void close() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
