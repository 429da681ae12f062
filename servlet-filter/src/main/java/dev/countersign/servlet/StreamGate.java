package dev.countersign.servlet;

import dev.countersign.spi.Lease;
import dev.countersign.spi.ResponseHead;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the output of a response that can be ended from outside: whoever writes and
 * whoever ends it take turns, so that nothing is written to a response that the container has taken
 * back. Thread-safe.
 */
final class StreamGate {

  /** Something that is done to the output. */
  @FunctionalInterface
  interface Act {

    void run() throws IOException;
  }

  private static final long PATIENCE_MILLIS = 500;

  private final ReentrantLock turn = new ReentrantLock();
  private final Lease lease;
  private final ResponseHead head;
  private final HttpServletRequest request;
  private boolean begun;
  private Act farewell = () -> {};
  private Act close = () -> {};
  private volatile boolean ended;
  private boolean over;
  private @Nullable Thread completing;
  private final CountDownLatch completed = new CountDownLatch(1);

  /**
   * A gate.
   *
   * @param lease says when the end is
   * @param head the head of the response
   * @param request whose response it is
   */
  StreamGate(Lease lease, ResponseHead head, HttpServletRequest request) {
    this.lease = lease;
    this.head = head;
    this.request = request;
  }

  /** What is known of the output: how to write the last event, and how to close it. */
  void through(Act lastEvent, Act closing) {
    turn.lock();
    try {
      farewell = lastEvent;
      close = closing;
    } finally {
      turn.unlock();
    }
  }

  /** Does something that the application wants, unless the stream has ended. */
  void pass(Act act) throws IOException {
    turn.lock();
    try {
      if (ended) {
        throw new IOException("the stream has ended with its access token");
      }
      if (!begun) {
        begun = true;
        lease.begin(head);
      }
      act.run();
    } finally {
      turn.unlock();
      finishIfEnded();
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** Ends the stream, as soon as nobody is writing. */
  void end() {
    ended = true;
    finishIfEnded();
  }

  // Whoever has the turn comes by here after it.
  private void finishIfEnded() {
    if (!ended || !turn.tryLock()) {
      return;
    }
    Optional<AsyncContext> context = Optional.empty();
    try {
      if (!over) {
        over = true;
        context = write();
      }
    } finally {
      turn.unlock();
    }
    context.ifPresent(this::complete);
  }

  // What has to be completed afterwards, while nobody who is called by the container waits for the
  // turn: that may hold what completing needs.
  private Optional<AsyncContext> write() {
    try {
      if (!lease.lastEvent().isEmpty()) {
        farewell.run();
      }
      if (request.isAsyncStarted()) {
        completing = Thread.currentThread();
        return Optional.of(request.getAsyncContext());
      }
      close.run();
    } catch (IOException | IllegalStateException e) {
      // The client has gone, or the application has ended the response at this very moment.
    }
    return Optional.empty();
  }

  private void complete(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // The application has done so at this very moment.
    } finally {
      completed.countDown();
    }
  }

  /** The container takes the response back: from now on nothing is done to it from outside. */
  void over() {
    Thread other;
    turn.lock();
    try {
      over = true;
      other = completing;
    } finally {
      turn.unlock();
    }
    if (other != null && other != Thread.currentThread()) {
      awaitCompleted();
    }
  }

  // A container may call this with a lock that completing needs; then it fails, but later.
  private void awaitCompleted() {
    try {
      if (!completed.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        completed.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
