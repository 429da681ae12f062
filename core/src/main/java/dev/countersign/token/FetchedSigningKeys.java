package dev.countersign.token;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, kept fresh. They are first fetched when the first token asks for them;
 * after that {@link #refreshIfDue} fetches them again before they are stale. While the issuer is
 * out of reach the last good keys serve on, up to a limit. A key that is not there leads to a
 * refresh, as often as the {@link RefreshPace} allows.
 *
 * <p>At most one refresh runs at a time, on a thread of its own; requests wait for it for a limited
 * time, and only so many of them. No lock is held while anything waits. Thread-safe.
 */
final class FetchedSigningKeys implements SigningKeys {

  static final int MAX_WAITING = 64;
  static final Duration STALE_LIMIT = Duration.ofHours(1);

  /**
   * What is known. Immutable, written by the running refresh only.
   *
   * @param keys the last good set
   * @param at when it was fetched
   * @param life for how long it is fresh
   * @param failure why the last refresh brought nothing; empty if it did
   */
  private record State(KeySet keys, long at, Duration life, Optional<String> failure) {

    boolean isUsable(long now) {
      return !keys.isEmpty() && now - at < life.toNanos() + STALE_LIMIT.toNanos();
    }

    // Four fifths of the life leave time for another attempt.
    boolean isDue(long now) {
      return failure.isPresent() || now - at >= life.toNanos() / 5 * 4;
    }
  }

  /** Whether a request may rely on what a refresh has found out. */
  private enum Wait {
    OVER,
    NO_REFRESH_NOW,
    IN_VAIN
  }

  private final KeySource source;
  private final Executor threads;
  private final LongSupplier nanos;
  private final Duration patience;
  private final RefreshPace pace;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> running =
      new AtomicReference<>();
  private volatile State state;
  private volatile boolean wanted;

  /**
   * Keys that nobody has asked for yet.
   *
   * @param source where they come from
   * @param threads runs a refresh
   * @param nanos a clock that never jumps
   * @param patience for how long a request waits for a refresh
   */
  FetchedSigningKeys(KeySource source, Executor threads, LongSupplier nanos, Duration patience) {
    this.source = source;
    this.threads = threads;
    this.nanos = nanos;
    this.patience = patience;
    this.pace = new RefreshPace(nanos);
    this.state =
        new State(KeySet.EMPTY, nanos.getAsLong(), Duration.ZERO, Optional.of("not yet fetched"));
  }

  @Override
  public Answer find(String keyId, SignatureAlgorithm algorithm) {
    wanted = true;
    State known = state;
    long now = nanos.getAsLong();
    if (known.isUsable(now)) {
      Answer answer = known.keys().find(keyId, algorithm);
      if (!(answer instanceof Answer.Unknown)) {
        refreshIfDue();
        return answer;
      }
    }
    Wait wait = awaitRefresh();
    return answer(state, wait, keyId, algorithm);
  }

  @Override
  public boolean stillFinds(String keyId, SignatureAlgorithm algorithm, VerificationKey key) {
    State known = state;
    boolean holds =
        known.isUsable(nanos.getAsLong())
            && known.keys().find(keyId, algorithm) instanceof Answer.Found found
            && found.key() == key;
    if (holds) {
      refreshIfDue();
    }
    return holds;
  }

  private Answer answer(State now, Wait wait, String keyId, SignatureAlgorithm algorithm) {
    if (!now.isUsable(nanos.getAsLong())) {
      String cause = now.failure().orElse("the keys are too old");
      return new Answer.Unavailable(
          wait == Wait.IN_VAIN ? "no keys in time; before: " + cause : cause);
    }
    Answer answer = now.keys().find(keyId, algorithm);
    if (!(answer instanceof Answer.Unknown)) {
      return answer;
    }
    // The key may be newer than what is known: that is an outage, and no fault of the token.
    if (wait == Wait.IN_VAIN) {
      return new Answer.Unavailable("no newer keys in time");
    }
    return now.failure().isPresent() ? new Answer.Unavailable(now.failure().get()) : answer;
  }

  private Wait awaitRefresh() {
    Optional<CompletableFuture<Boolean>> refresh = refresh();
    if (refresh.isEmpty()) {
      return Wait.NO_REFRESH_NOW;
    }
    if (!places.tryAcquire()) {
      return Wait.IN_VAIN;
    }
    try {
      refresh.get().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return Wait.OVER;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Wait.IN_VAIN;
    } catch (TimeoutException | ExecutionException e) {
      return Wait.IN_VAIN;
    } finally {
      places.release();
    }
  }

  /** The running refresh, or a new one; empty if it is too early for one. */
  private Optional<CompletableFuture<Boolean>> refresh() {
    CompletableFuture<Boolean> current = running.get();
    if (current != null) {
      return Optional.of(current);
    }
    if (!pace.allowsRefresh()) {
      return Optional.empty();
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    if (!running.compareAndSet(null, mine)) {
      return Optional.ofNullable(running.get());
    }
    return start(mine);
  }

  private Optional<CompletableFuture<Boolean>> start(CompletableFuture<Boolean> mine) {
    // Another refresh may have come and gone between the look at the pace and this one.
    if (!pace.allowsRefresh()) {
      end(mine);
      return Optional.empty();
    }
    pace.begin();
    try {
      threads.execute(() -> run(mine));
      return Optional.of(mine);
    } catch (RuntimeException | Error e) {
      // No thread can be had; whoever comes after a while tries again.
      fail("no thread for a fetch: " + e.getClass().getName());
      end(mine);
      return Optional.empty();
    }
  }

  private void run(CompletableFuture<Boolean> mine) {
    try {
      take(source.load());
    } catch (RuntimeException | Error e) {
      fail("a fault while fetching: " + e.getClass().getName());
    } finally {
      end(mine);
    }
  }

  private void end(CompletableFuture<Boolean> mine) {
    running.set(null);
    mine.complete(true);
  }

  private void take(KeySource.Outcome outcome) {
    if (outcome instanceof KeySource.Outcome.Loaded loaded) {
      KeySet keys = loaded.keys().reusing(state.keys());
      state = new State(keys, nanos.getAsLong(), loaded.life(), Optional.empty());
    } else if (outcome instanceof KeySource.Outcome.NotLoaded notLoaded) {
      pace.pause(notLoaded.pause());
      fail(notLoaded.cause());
    }
  }

  private void fail(String cause) {
    State last = state;
    state = new State(last.keys(), last.at(), last.life(), Optional.of(cause));
  }

  /** Begins a refresh if the keys are wanted and will soon be stale, or the last refresh failed. */
  void refreshIfDue() {
    if (wanted && state.isDue(nanos.getAsLong())) {
      refresh();
    }
  }
}
