package dev.countersign;

import dev.countersign.spi.Lease;
import dev.countersign.spi.ResponseHead;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The lease of one exchange: binds the session that it begins, and ends the stream that it is. */
final class AdmittedLease implements Lease {

  private static final Logger LOG = System.getLogger("dev.countersign");

  private enum State {
    NEW,
    STREAMING,
    ENDED,
    CLOSED
  }

  private final Optional<SessionUse> session;
  private final Optional<StreamTerms> terms;
  private final Streams streams;
  // Not private, so that a test can say who comes first.
  final ReentrantLock lock = new ReentrantLock();
  private volatile State state = State.NEW;
  private volatile @Nullable Runnable ending;

  /**
   * A lease.
   *
   * @param session what the exchange does to sessions; empty for nothing
   * @param terms of a stream; empty if the response is none that anybody ends
   * @param streams where open ones are known
   */
  AdmittedLease(Optional<SessionUse> session, Optional<StreamTerms> terms, Streams streams) {
    this.session = session;
    this.terms = terms;
    this.streams = streams;
  }

  @Override
  public Instant until() {
    return terms.map(StreamTerms::until).orElse(Instant.MAX);
  }

  @Override
  public void onEnd(Runnable end) {
    lock.lock();
    try {
      ending = end;
      if (state != State.ENDED) {
        return;
      }
    } finally {
      lock.unlock();
    }
    streams.run(end);
  }

  @Override
  public boolean begin(ResponseHead head) {
    try {
      session.ifPresent(use -> use.answered(head));
      return terms.isPresent() && isStream(head) && begin();
    } catch (RuntimeException e) {
      // The message could hold something of the request.
      LOG.log(Level.WARNING, "noting a response failed with {0}", e.getClass().getName());
      return terms.isPresent() && isStream(head);
    }
  }

  private static boolean isStream(ResponseHead head) {
    if (head.status() / 100 != 2) {
      return false;
    }
    // media-type = "text/event-stream" *( OWS ";" OWS parameter )
    List<String> types = head.headers("Content-Type");
    return types.stream()
        .anyMatch(type -> type.strip().regionMatches(true, 0, "text/event-stream", 0, 17));
  }

  private boolean begin() {
    boolean canEnd = ending != null;
    if (canEnd && move(State.NEW, State.STREAMING)) {
      if (!streams.add(this)) {
        end();
      } else if (state == State.CLOSED) {
        // In the meantime.
        streams.remove(this);
      }
    }
    return canEnd && state != State.CLOSED;
  }

  private boolean move(State from, State to) {
    lock.lock();
    try {
      if (state != from) {
        return false;
      }
      state = to;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream, if it is open. */
  void end() {
    if (move(State.STREAMING, State.ENDED)) {
      streams.remove(this);
      Runnable end = ending;
      if (end != null) {
        streams.run(end);
      }
    }
  }

  @Override
  public void close() {
    if (leave()) {
      streams.remove(this);
      headLeaves();
    }
  }

  // Out of whatever state a beginning or an end at the same moment has led to.
  private boolean leave() {
    lock.lock();
    try {
      boolean isFirst = state != State.CLOSED;
      state = State.CLOSED;
      return isFirst;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing changes the head any more. */
  void headLeaves() {
    try {
      session.ifPresent(SessionUse::over);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "forgetting a session failed with {0}", e.getClass().getName());
    }
  }

  /** On what terms the stream is open; those of a lease that is among the streams. */
  StreamTerms terms() {
    return terms.orElseThrow();
  }
}
