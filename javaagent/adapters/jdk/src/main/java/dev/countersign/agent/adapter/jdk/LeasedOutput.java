package dev.countersign.agent.adapter.jdk;

import dev.countersign.spi.Lease;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The output of a response that can be ended from outside. It keeps the lease of its exchange,
 * which has no attributes of its own. Thread-safe.
 */
final class LeasedOutput extends FilterOutputStream {

  private final Lease lease;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean ended;
  private boolean closed;

  LeasedOutput(OutputStream out, Lease lease) {
    super(out);
    this.lease = lease;
    lease.onEnd(this::end);
  }

  Lease lease() {
    return lease;
  }

  /** The same for an output that the application puts into the place of that of the exchange. */
  static @Nullable OutputStream around(@Nullable OutputStream out, OutputStream before) {
    return out != null && before instanceof LeasedOutput leased
        ? new LeasedOutput(out, leased.lease)
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
