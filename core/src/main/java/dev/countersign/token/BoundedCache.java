package dev.countersign.token;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A map that forgets what has not been used for longest, so that neither its entries nor their
 * weight go beyond a limit. Thread-safe.
 *
 * @param <V> what is kept
 */
final class BoundedCache<V> {

  /** A value and what it weighs. */
  private record Weighed<V>(V value, long bytes) {}

  private final int maxEntries;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<TokenDigest, Weighed<V>> entries =
      new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * An empty cache.
   *
   * @param maxEntries how many entries, inclusive
   * @param maxBytes how much they may weigh together, inclusive
   */
  BoundedCache(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  Optional<V> get(TokenDigest key) {
    lock.lock();
    try {
      Weighed<V> found = entries.get(key);
      return found == null ? Optional.empty() : Optional.of(found.value());
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a value; one that is too heavy by itself is not kept. */
  void put(TokenDigest key, V value, long weight) {
    lock.lock();
    try {
      removeLocked(key);
      if (weight <= maxBytes) {
        entries.put(key, new Weighed<>(value, weight));
        bytes += weight;
        shrinkLocked();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Keeps another value in the place of this one, if it is still there. */
  void replace(TokenDigest key, V expected, V value, long weight) {
    lock.lock();
    try {
      Weighed<V> found = entries.get(key);
      if (found != null && found.value().equals(expected)) {
        entries.put(key, new Weighed<>(value, weight));
        bytes += weight - found.bytes();
        shrinkLocked();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(TokenDigest key) {
    lock.lock();
    try {
      removeLocked(key);
    } finally {
      lock.unlock();
    }
  }

  private void removeLocked(TokenDigest key) {
    Weighed<V> removed = entries.remove(key);
    bytes -= removed == null ? 0 : removed.bytes();
  }

  private void shrinkLocked() {
    Iterator<Map.Entry<TokenDigest, Weighed<V>>> eldest = entries.entrySet().iterator();
    while (entries.size() > maxEntries || bytes > maxBytes) {
      bytes -= eldest.next().getValue().bytes();
      eldest.remove();
    }
  }

  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
