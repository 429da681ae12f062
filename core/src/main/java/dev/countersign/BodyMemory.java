package dev.countersign;

import dev.countersign.oauth.Denial;
import dev.countersign.spi.BodyAllowance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that bodies may take together while they are read and judged. Thread-safe. */
final class BodyMemory {

  // A body that is sent at once needs a moment; a large one over a slow line gets more.
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BYTES_PER_SECOND = 8192;

  // Longer than a server waits for a client.
  private static final Duration FOREVER = Duration.ofDays(365);

  private final long limit;
  private final Duration patience;
  private final InstantSource clock;
  private final AtomicLong taken = new AtomicLong();

  private BodyMemory(long limit, Duration patience, InstantSource clock) {
    this.limit = limit;
    this.patience = patience;
    this.clock = clock;
  }

  BodyMemory(long limit, InstantSource clock) {
    this(limit, PATIENCE, clock);
  }

  /** Without limits, for a mode in which every body reaches the application. */
  static BodyMemory unlimited(InstantSource clock) {
    return new BodyMemory(Long.MAX_VALUE, FOREVER, clock);
  }

  /** For one body. */
  Loan lend() {
    return new Loan(clock.instant());
  }

  /** How many bytes are lent. */
  long taken() {
    return taken.get();
  }

  private boolean take(int bytes) {
    // Adding first could refuse others for a body that is refused itself.
    long before = taken.get();
    while (bytes <= limit - before) {
      if (taken.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  /** Why a body was not read to its end. */
  static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Denial why;

    RefusedException(Denial why) {
      super(why.text());
      this.why = why;
    }

    Denial why() {
      return why;
    }
  }

  /** What one body takes. */
  final class Loan implements BodyAllowance, AutoCloseable {

    private final Instant start;
    private final AtomicLong mine = new AtomicLong();
    private volatile boolean kept;
    private volatile boolean closed;

    private Loan(Instant start) {
      this.start = start;
    }

    @Override
    public void take(int bytes) throws IOException {
      if (closed || left(bytes).isNegative()) {
        throw new RefusedException(Denial.BODY_TOO_SLOW);
      }
      if (!BodyMemory.this.take(bytes)) {
        throw new RefusedException(Denial.BODY_MEMORY);
      }
      mine.addAndGet(bytes);
      if (closed && !kept) {
        // Meanwhile, so that nobody else gives it back.
        giveBack();
        throw new RefusedException(Denial.BODY_TOO_SLOW);
      }
    }

    /** For how long the client may go on; negative if it has taken too long. */
    Duration left() {
      return left(0);
    }

    private Duration left(int more) {
      long arrived = mine.get() + more;
      return Duration.between(
          clock.instant(), start.plus(patience).plusSeconds(arrived / BYTES_PER_SECOND));
    }

    @Override
    public Runnable keep() {
      kept = true;
      return this::giveBack;
    }

    private void giveBack() {
      taken.addAndGet(-mine.getAndSet(0));
    }

    /** Gives back what nobody keeps; there is no more afterwards. */
    @Override
    public void close() {
      closed = true;
      if (!kept) {
        giveBack();
      }
    }
  }
}
