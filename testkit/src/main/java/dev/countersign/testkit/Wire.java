package dev.countersign.testkit;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The server's end of a connection, for a fault to misuse. */
final class Wire {

  private final Socket socket;

  Wire(Socket socket) {
    this.socket = socket;
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  void write(byte[] bytes, int from, int length) throws IOException {
    socket.getOutputStream().write(bytes, from, length);
    socket.getOutputStream().flush();
  }

  void close() throws IOException {
    socket.close();
  }

  /** Closes with RST instead of FIN. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits; zero stands for ever. False when the client has ended the connection. */
  boolean pause(Duration pause) throws IOException {
    socket.setSoTimeout((int) pause.toMillis());
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      if (!socket.isClosed()) {
        socket.setSoTimeout(0);
      }
    }
  }

  static byte[] bytes(Response response) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(response.status()).append(" \r\n");
    for (FieldLine line : response.fields()) {
      head.append(line.name()).append(": ").append(line.value()).append("\r\n");
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    message.writeBytes(response.body().getBytes(StandardCharsets.UTF_8));
    return message.toByteArray();
  }
}
