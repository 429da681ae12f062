package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.spi.Lease;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The output of a response that can be ended from outside. It keeps the lease of its exchange,
 * which has no attributes of its own, and what holds its head back. Thread-safe.
 */
final class LeasedOutput extends FilterOutputStream {

  private final Lease lease;
  private final Optional<HeldResponse> held;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean ended;
  private boolean closed;

  LeasedOutput(OutputStream out, Lease lease, Optional<HeldResponse> held) {
    super(out);
    this.lease = lease;
    this.held = held;
    lease.onEnd(this::end);
  }

  Lease lease() {
    return lease;
  }

  /** What holds the head of an exchange back. */
  static Optional<HeldResponse> held(HttpExchange exchange) {
    return exchange.getResponseBody() instanceof LeasedOutput leased
        ? leased.held
        : Optional.empty();
  }

  /** Closes the output of an exchange that is about to be closed, which would know of nothing. */
  static void closeHeld(HttpExchange exchange) {
    if (held(exchange).isPresent()) {
      try {
        exchange.getResponseBody().close();
      } catch (IOException e) {
        // Then the head has not left, and the connection is closed together with the exchange.
      }
    }
  }

  /** The same for an output that the application puts into the place of that of the exchange. */
  static OutputStream around(OutputStream out, OutputStream before) {
    return before instanceof LeasedOutput leased
        ? new LeasedOutput(out, leased.lease, leased.held)
        : out;
  }

  private interface Act {
    void run() throws IOException;
  }

  private void pass(Act act) throws IOException {
    turn.lock();
    try {
      if (ended) {
        throw new IOException("the stream has ended with its access token");
      }
      act.run();
    } finally {
      turn.unlock();
      closeIfEnded();
    }
  }

  private void end() {
    ended = true;
    closeIfEnded();
  }

  // Whoever has the turn comes by here after it.
  private void closeIfEnded() {
    if (ended && turn.tryLock()) {
      try {
        held.ifPresent(HeldResponse::abandon);
        closeOnce();
      } catch (IOException e) {
        // The client has gone, or the head is not written yet: then nothing follows it.
      } finally {
        turn.unlock();
      }
    }
  }

  private void closeOnce() throws IOException {
    if (!closed) {
      out.close();
      closed = true;
    }
  }

  @Override
  public void write(int octet) throws IOException {
    pass(() -> out.write(octet));
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    pass(() -> out.write(octets, offset, length));
  }

  @Override
  public void flush() throws IOException {
    pass(out::flush);
  }

  @Override
  public void close() throws IOException {
    turn.lock();
    try {
      closeOnce();
    } finally {
      turn.unlock();
      lease.close();
    }
  }
}
