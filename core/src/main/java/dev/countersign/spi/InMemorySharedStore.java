package dev.countersign.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link SharedStore} for one node, bounded. A key is never dropped while its life lasts; when
 * there is no room, whoever wants to add one is told that the store is unavailable. Thread-safe.
 *
 * <p>An entry takes about 250 bytes with keys of 90 characters, and 400 bytes if no other key has
 * the same text before its last colon.
 */
public final class InMemorySharedStore implements SharedStore {

  /** How many keys the store of a server holds, unless it is given another. */
  public static final int DEFAULT_ENTRIES = 200_000;

  // So that no call pays for a great number of keys whose life ends at the same time.
  private static final int SWEEP = 64;

  /** A key and when its life ends. */
  private record Ending(String key, Instant at) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Instant> endings = new HashMap<>();
  private final Map<String, Integer> perPrefix = new HashMap<>();
  private final PriorityQueue<Ending> byEnd = new PriorityQueue<>(Comparator.comparing(Ending::at));
  private final int maxEntries;
  private final int maxPerPrefix;
  private final InstantSource clock;

  /**
   * Makes an empty store.
   *
   * @param maxEntries the most keys, at least 1
   * @param maxPerPrefix the most keys with the same text before their last colon, at least 1
   * @param clock the time
   * @throws IllegalArgumentException if a limit is less than 1
   */
  public InMemorySharedStore(int maxEntries, int maxPerPrefix, InstantSource clock) {
    if (maxEntries < 1 || maxPerPrefix < 1) {
      throw new IllegalArgumentException("a store has room for at least one key");
    }
    this.maxEntries = maxEntries;
    this.maxPerPrefix = maxPerPrefix;
    this.clock = clock;
  }

  /**
   * Makes an empty store for {@link #DEFAULT_ENTRIES} keys, of which a quarter may share a prefix.
   *
   * @param clock the time
   * @return the store
   */
  public static InMemorySharedStore create(InstantSource clock) {
    return new InMemorySharedStore(DEFAULT_ENTRIES, DEFAULT_ENTRIES / 4, clock);
  }

  @Override
  public boolean putIfAbsent(String key, Duration life) {
    Instant now = clock.instant();
    lock.lock();
    try {
      if (isAlive(key, now)) {
        return false;
      }
      add(key, now, life);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean contains(String key) {
    Instant now = clock.instant();
    lock.lock();
    try {
      return isAlive(key, now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(String key, Duration life) {
    Instant now = clock.instant();
    lock.lock();
    try {
      add(key, now, life);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remove(String key) {
    lock.lock();
    try {
      forget(key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The number of keys, those included whose life is over but whose room has not been taken.
   *
   * @return at most the limit
   */
  public int size() {
    lock.lock();
    try {
      return endings.size();
    } finally {
      lock.unlock();
    }
  }

  /** The length of the queue, which also holds what was removed before its time. */
  int queued() {
    lock.lock();
    try {
      return byEnd.size();
    } finally {
      lock.unlock();
    }
  }

  // The life ends at its last instant: a key is no longer there when that has come.
  private boolean isAlive(String key, Instant now) {
    Instant end = endings.get(key);
    return end != null && now.isBefore(end);
  }

  private void add(String key, Instant now, Duration life) {
    if (key.length() > MAX_KEY_LENGTH || life.isNegative() || life.isZero()) {
      throw new IllegalArgumentException(
          "expected a key of at most " + MAX_KEY_LENGTH + " characters and a life beyond zero");
    }
    sweep(now);
    forget(key);
    String prefix = prefixOf(key);
    if (endings.size() >= maxEntries) {
      throw new StoreUnavailableException("the store is full");
    }
    if (perPrefix.getOrDefault(prefix, 0) >= maxPerPrefix) {
      throw new StoreUnavailableException("the store has no more room for this prefix");
    }
    Instant end = now.plus(life);
    endings.put(key, end);
    perPrefix.merge(prefix, 1, Integer::sum);
    byEnd.add(new Ending(key, end));
  }

  private void sweep(Instant now) {
    for (int swept = 0; swept < SWEEP; swept++) {
      Ending first = byEnd.peek();
      if (first == null || now.isBefore(first.at())) {
        break;
      }
      byEnd.remove();
      // A key that was put again lives longer than this entry of the queue.
      if (first.at().equals(endings.get(first.key()))) {
        forget(first.key());
      }
    }
    if (byEnd.size() / 2 > maxEntries) {
      byEnd.removeIf(ending -> !ending.at().equals(endings.get(ending.key())));
    }
  }

  private void forget(String key) {
    if (endings.remove(key) != null) {
      perPrefix.computeIfPresent(prefixOf(key), (prefix, count) -> count == 1 ? null : count - 1);
    }
  }

  private static String prefixOf(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf(':')));
  }

  /** Prints no key. */
  @Override
  public String toString() {
    return "InMemorySharedStore[" + size() + " of " + maxEntries + "]";
  }
}
