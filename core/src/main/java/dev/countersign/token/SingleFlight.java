package dev.countersign.token;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Undecided;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Does the same work once at a time: who comes while it is going on waits for what comes of it. If
 * nothing comes of it, those who waited are undecided. Thread-safe; no lock is held while the work
 * goes on.
 */
final class SingleFlight {

  static final int MAX_WAITING = 512;

  private final Duration patience;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final ConcurrentMap<TokenDigest, CompletableFuture<Decision>> running =
      new ConcurrentHashMap<>();

  /**
   * Nothing is going on yet.
   *
   * @param patience for how long a request waits for another one
   */
  SingleFlight(Duration patience) {
    this.patience = patience;
  }

  int waiting() {
    return MAX_WAITING - places.availablePermits();
  }

  Decision once(TokenDigest key, Supplier<Decision> work) {
    CompletableFuture<Decision> mine = new CompletableFuture<>();
    CompletableFuture<Decision> other = running.putIfAbsent(key, mine);
    return other == null ? lead(key, mine, work) : follow(other);
  }

  private Decision lead(
      TokenDigest key, CompletableFuture<Decision> mine, Supplier<Decision> work) {
    Decision decision = new Undecided("the request that asked about the token failed");
    try {
      decision = work.get();
      return decision;
    } finally {
      running.remove(key, mine);
      mine.complete(decision);
    }
  }

  private Decision follow(CompletableFuture<Decision> other) {
    if (!places.tryAcquire()) {
      return new Undecided("too many requests wait for an answer about their token");
    }
    try {
      return other.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Undecided("interrupted while waiting for an answer about the token");
    } catch (TimeoutException | ExecutionException e) {
      return new Undecided("no answer about the token in time");
    } finally {
      places.release();
    }
  }
}
