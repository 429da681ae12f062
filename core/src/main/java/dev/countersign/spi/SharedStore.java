package dev.countersign.spi;

import java.time.Duration;

/**
 * Remembers keys for a while, on all nodes of a server: proofs that have been used, tokens that
 * have been revoked. Without one, each node remembers for itself ({@link InMemorySharedStore}).
 *
 * <p>A key is {@code purpose:…:value} in printable ASCII, at most {@value #MAX_KEY_LENGTH}
 * characters; what stands before its last colon may be used for a quota. A key must not be dropped
 * before its life is over: a store that is full says so, because whoever can push a key out could
 * use a proof twice.
 *
 * <p>Implementations must be thread-safe and must bound the time for which they block. Every method
 * throws {@link StoreUnavailableException} if there is no answer; any other exception counts the
 * same.
 */
public interface SharedStore extends AutoCloseable {

  /** The most characters of a key. */
  int MAX_KEY_LENGTH = 512;

  /**
   * Remembers a key unless it is remembered already. Of several callers on all nodes exactly one is
   * told true.
   *
   * @param key the key
   * @param life how long to remember it, more than zero
   * @return true if the key was not there
   * @throws StoreUnavailableException if there is no answer
   */
  boolean putIfAbsent(String key, Duration life);

  /**
   * Whether a key is remembered.
   *
   * @param key the key
   * @return false if it was never put, was removed, or its life is over
   * @throws StoreUnavailableException if there is no answer
   */
  boolean contains(String key);

  /**
   * Remembers a key, or remembers it for another life from now on.
   *
   * @param key the key
   * @param life how long to remember it, more than zero
   * @throws StoreUnavailableException if there is no answer
   */
  void put(String key, Duration life);

  /**
   * Forgets a key, if it is there.
   *
   * @param key the key
   * @throws StoreUnavailableException if there is no answer
   */
  void remove(String key);

  /** Ends what the store itself began. The default has nothing to end. */
  @Override
  default void close() {}
}
