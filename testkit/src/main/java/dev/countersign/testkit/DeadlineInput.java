package dev.countersign.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** The bytes of a socket, until a deadline. */
final class DeadlineInput {

  private final Socket socket;
  private final Duration limit;
  private final byte[] buffer = new byte[8192];
  private int at;
  private int end;
  private long deadline;

  DeadlineInput(Socket socket, Duration limit) {
    this.socket = socket;
    this.limit = limit;
    restart();
  }

  void restart() {
    deadline = System.nanoTime() + limit.toNanos();
  }

  int next() throws IOException {
    int next = read();
    if (next < 0) {
      throw new EOFException("the server ended the connection");
    }
    return next;
  }

  int read() throws IOException {
    if (at == end) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      socket.setSoTimeout((int) Math.max(1, left));
      end = Math.max(0, socket.getInputStream().read(buffer));
      at = 0;
    }
    return at == end ? -1 : buffer[at++] & 0xFF;
  }
}
