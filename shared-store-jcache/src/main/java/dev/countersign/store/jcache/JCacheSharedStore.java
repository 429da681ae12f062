package dev.countersign.store.jcache;

import dev.countersign.spi.SharedStore;
import dev.countersign.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;

/**
 * A {@link SharedStore} in a cache of JSR 107 that all nodes see. The value of an entry is when its
 * life ends, in milliseconds since 1970: JSR 107 knows no life of a single entry, so that the
 * clocks of the nodes have to agree, which tokens need as well. Thread-safe.
 *
 * <p>The cache must be strongly consistent, must evict nothing while it lives, and should bound the
 * time of a call; how, depends on its provider.
 */
public final class JCacheSharedStore implements SharedStore {

  private final Cache<String, Long> cache;
  private final InstantSource clock;
  private final Duration longest;

  private JCacheSharedStore(Cache<String, Long> cache, Duration longest, InstantSource clock) {
    this.cache = cache;
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * A store in a cache that is there.
   *
   * @param cache keeps each entry for at least the longest life
   * @param longest the longest life that is asked for, more than zero
   * @param clock the time
   * @return the store
   */
  public static JCacheSharedStore of(
      Cache<String, Long> cache, Duration longest, InstantSource clock) {
    return new JCacheSharedStore(cache, longest, clock);
  }

  /**
   * A store in a cache of this name, which is created if it is not there: entries are held by value
   * and expire when the longest life is over.
   *
   * @param manager of the provider
   * @param name the name of the cache, the same on all nodes
   * @param longest the longest life that is asked for: what {@code ResourceServer.revoke} is given,
   *     and at least half an hour for DPoP proofs
   * @param clock the time
   * @return the store; the manager stays the caller's
   */
  public static JCacheSharedStore create(
      CacheManager manager, String name, Duration longest, InstantSource clock) {
    Cache<String, Long> cache = manager.getCache(name, String.class, Long.class);
    return of(cache == null ? newCache(manager, name, longest) : cache, longest, clock);
  }

  private static Cache<String, Long> newCache(CacheManager manager, String name, Duration longest) {
    MutableConfiguration<String, Long> settings =
        new MutableConfiguration<String, Long>()
            .setTypes(String.class, Long.class)
            .setExpiryPolicyFactory(
                ModifiedExpiryPolicy.factoryOf(
                    new javax.cache.expiry.Duration(
                        TimeUnit.MILLISECONDS, longest.plusMinutes(1).toMillis())));
    return manager.createCache(name, settings);
  }

  @Override
  public boolean putIfAbsent(String key, Duration life) {
    long now = clock.millis();
    long end = end(now, life);
    return answered(() -> cache.putIfAbsent(key, end) || replacesAnEnded(key, now, end));
  }

  // Of several nodes that find the same ended entry, one replaces it.
  private boolean replacesAnEnded(String key, long now, long end) {
    Long old = cache.get(key);
    if (old == null) {
      return cache.putIfAbsent(key, end);
    }
    return old <= now && cache.replace(key, old, end);
  }

  @Override
  public boolean contains(String key) {
    long now = clock.millis();
    return answered(
        () -> {
          Long end = cache.get(key);
          return end != null && now < end;
        });
  }

  @Override
  public void put(String key, Duration life) {
    long end = end(clock.millis(), life);
    answered(
        () -> {
          cache.put(key, end);
          return key;
        });
  }

  @Override
  public void remove(String key) {
    answered(() -> cache.remove(key));
  }

  private long end(long now, Duration life) {
    if (life.isNegative() || life.isZero() || life.compareTo(longest) > 0) {
      throw new IllegalArgumentException("expected a life of more than zero, at most " + longest);
    }
    return now + life.toMillis();
  }

  // Providers throw what they like. Their messages could hold a key, so only the class is named.
  private static <T> T answered(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw new StoreUnavailableException("the cache failed with " + e.getClass().getName());
    }
  }

  /** Prints no key. */
  @Override
  public String toString() {
    return "JCacheSharedStore[" + cache.getName() + "]";
  }
}
