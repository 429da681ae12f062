package dev.countersign;

import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.TokenValidator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The open streams. Each ends when its token does: once a second it is looked for those whose time
 * is up, and each token is judged again once a minute, so that what another node has revoked, or
 * the authorization server calls inactive, ends as well. Thread-safe.
 */
final class Streams implements AutoCloseable {

  private static final Logger LOG = System.getLogger("dev.countersign");

  static final Duration CHECK_INTERVAL = Duration.ofSeconds(60);

  // Each is a connection or a part of one, of which no server has as many.
  private static final int MOST = 100_000;

  // All of them have terms.
  private final Set<AdmittedLease> open = ConcurrentHashMap.newKeySet();
  private final Map<Caller, Integer> counts = new ConcurrentHashMap<>();
  private final Set<AdmittedLease> beingChecked = ConcurrentHashMap.newKeySet();
  private final InstantSource clock;
  private final StreamThreads threads;
  private volatile TokenValidator validator;
  private volatile boolean closed;

  Streams(InstantSource clock, TokenValidator validator, StreamThreads threads) {
    this.clock = clock;
    this.validator = validator;
    this.threads = threads;
  }

  /** Has tokens judged by another validator from now on. */
  void judgeBy(TokenValidator other) {
    validator = other;
  }

  /** Takes note of an open stream, unless its caller has too many. */
  boolean add(AdmittedLease lease) {
    if (closed || open.size() >= MOST || !counts(lease.terms())) {
      return false;
    }
    open.add(lease);
    if (!isLookedAfter()) {
      return false;
    }
    // The token may have been revoked since it was judged.
    check(lease);
    return true;
  }

  private boolean isLookedAfter() {
    try {
      threads.start(this::tick);
      // Closed in the meantime, the others have been ended without this one.
      return !closed;
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "looking after streams failed with {0}", e.getClass().getName());
      return false;
    }
  }

  private boolean counts(StreamTerms terms) {
    if (terms.most() == 0) {
      return true;
    }
    AtomicBoolean counted = new AtomicBoolean();
    counts.compute(
        terms.caller(),
        (caller, count) -> {
          int before = count == null ? 0 : count;
          counted.set(before < terms.most());
          return counted.get() ? Integer.valueOf(before + 1) : count;
        });
    return counted.get();
  }

  void remove(AdmittedLease lease) {
    if (open.remove(lease) && lease.terms().most() > 0) {
      counts.computeIfPresent(
          lease.terms().caller(), (caller, count) -> count == 1 ? null : count - 1);
    }
  }

  /** How many streams a caller has open, of those that count. */
  int count(Caller caller) {
    return counts.getOrDefault(caller, 0);
  }

  /** Ends those whose token is one of these. */
  void end(Predicate<AccessToken> tokens) {
    for (AdmittedLease lease : open) {
      if (tokens.test(lease.terms().token())) {
        lease.end();
      }
    }
  }

  /** Looks for streams whose time is up, or whose token has to be judged again. */
  void tick() {
    Instant now = clock.instant();
    for (AdmittedLease lease : open) {
      StreamTerms terms = lease.terms();
      boolean isDue = terms.isOver(now) || terms.isOld(now, CHECK_INTERVAL);
      if (isDue && !check(lease)) {
        // The others would fare no better, and have their turn in a second.
        return;
      }
    }
  }

  // False if there was no thread for it.
  private boolean check(AdmittedLease lease) {
    if (!beingChecked.add(lease)) {
      return true;
    }
    try {
      threads.check(
          () -> {
            try {
              checkNow(lease);
            } finally {
              beingChecked.remove(lease);
            }
          });
      return true;
    } catch (RuntimeException | Error e) {
      beingChecked.remove(lease);
      LOG.log(Level.WARNING, "checking a stream failed with {0}", e.getClass().getName());
      return false;
    }
  }

  private void checkNow(AdmittedLease lease) {
    boolean holds;
    try {
      holds = lease.terms().holds(validator, clock.instant());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "judging a token again failed with {0}", e.getClass().getName());
      holds = false;
    }
    if (!holds) {
      lease.end();
    }
  }

  /** Runs what ends a response. */
  void run(Runnable end) {
    Runnable task =
        () -> {
          try {
            end.run();
          } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "ending a stream failed with {0}", e.getClass().getName());
          }
        };
    try {
      threads.end(task);
    } catch (RuntimeException | Error e) {
      // No thread can be started: it must end all the same.
      task.run();
    }
  }

  /** Ends every stream: nobody would look after it any more. */
  @Override
  public void close() {
    closed = true;
    open.forEach(AdmittedLease::end);
    threads.close();
  }
}
