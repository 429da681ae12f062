package dev.countersign;

import dev.countersign.oauth.Denial;
import dev.countersign.spi.ArrivingBody;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way, for which no thread waits: it comes to its end when it is whole, too long,
 * broken off, refused by the allowance, or late.
 */
final class AwaitedBody {

  // A timer that is a little early must not be set again and again.
  private static final Duration GRACE = Duration.ofMillis(1);

  private final CompletableFuture<byte[]> content;
  private final BodyMemory.Loan loan;
  private final BodyTimer timer;
  private volatile Runnable callOff = () -> {};

  private AwaitedBody(CompletableFuture<byte[]> content, BodyMemory.Loan loan, BodyTimer timer) {
    this.content = content;
    this.loan = loan;
    this.timer = timer;
  }

  /**
   * Has a body gathered.
   *
   * @param limit the greatest number of bytes
   * @param loan closed by {@link #close}, or here if nothing begins
   */
  static AwaitedBody begin(ArrivingBody body, int limit, BodyMemory.Loan loan, BodyTimer timer) {
    CompletableFuture<byte[]> content;
    try {
      content = body.arrive(limit, loan);
    } catch (RuntimeException | Error e) {
      loan.close();
      throw e;
    }
    AwaitedBody awaited = new AwaitedBody(content, loan, timer);
    awaited.watch();
    var unused = content.whenComplete((bytes, failure) -> awaited.callOff.run());
    return awaited;
  }

  // What has arrived meanwhile may have moved the deadline.
  private void watch() {
    if (content.isDone()) {
      return;
    }
    Duration left = loan.left();
    if (left.isNegative()) {
      content.completeExceptionally(new BodyMemory.RefusedException(Denial.BODY_TOO_SLOW));
      return;
    }
    try {
      callOff = timer.after(left.plus(GRACE), this::watch);
    } catch (RuntimeException | Error e) {
      // Nobody would look at the time.
      content.completeExceptionally(e);
    }
    if (content.isDone()) {
      // It has called the timer off that was there before.
      callOff.run();
    }
  }

  /** Calls somebody when it has come to its end, on any thread. */
  void whenEnded(Runnable next) {
    var unused = content.whenComplete((bytes, failure) -> next.run());
  }

  /**
   * What has arrived; waits for it if it has not.
   *
   * @throws IOException why it is not there
   */
  byte[] content() throws IOException {
    try {
      return content.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the body was read", e);
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      throw cause instanceof IOException known ? known : new IOException("no body", cause);
    }
  }

  /** Whether it is there, whole or up to the limit. */
  boolean hasArrived() {
    return content.isDone() && !content.isCompletedExceptionally();
  }

  /** Gives back what it takes; nothing more is kept. */
  void close() {
    content.cancel(false);
    loan.close();
  }
}
