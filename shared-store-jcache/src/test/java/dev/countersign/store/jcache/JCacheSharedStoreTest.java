package dev.countersign.store.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.SharedStore;
import dev.countersign.spi.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JCacheSharedStoreTest {

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void D32_aKeyIsTakenOnceByTwoJvms() throws IOException {
    try (Node own = Node.start("");
        OtherJvm other = new OtherJvm(own.address())) {
      assertEquals("members 2", other.greeting());

      for (int run = 0; run < 50; run++) {
        String key = "dpop:key:" + run;
        boolean first = run % 2 == 0 && own.store.putIfAbsent(key, Duration.ofMinutes(5));
        assertEquals(run % 2 == 0, first);
        assertEquals("" + !first, other.ask("putIfAbsent " + key));
        assertFalse(own.store.putIfAbsent(key, Duration.ofMinutes(5)));
        assertEquals("true", other.ask("contains " + key));
        assertTrue(own.store.contains(key));
      }
      assertEquals("done", other.ask("put revoked:a"));
      assertTrue(own.store.contains("revoked:a"));
      own.store.remove("revoked:a");
      assertEquals("false", other.ask("contains revoked:a"));
    }
  }

  /** A cache of one JVM that does what JSR 107 says of the five methods in use. */
  private static Cache<String, Long> cache(Map<String, Long> entries) {
    @SuppressWarnings("unchecked") // an interface without its type
    Cache<String, Long> cache =
        (Cache<String, Long>)
            Proxy.newProxyInstance(
                Cache.class.getClassLoader(),
                new Class<?>[] {Cache.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "putIfAbsent" ->
                          entries.putIfAbsent((String) arguments[0], (Long) arguments[1]) == null;
                      case "get" -> entries.get(arguments[0]);
                      case "put" -> {
                        entries.put((String) arguments[0], (Long) arguments[1]);
                        yield null;
                      }
                      case "remove" -> entries.remove(arguments[0]) != null;
                      case "replace" ->
                          entries.replace(
                              (String) arguments[0], (Long) arguments[1], (Long) arguments[2]);
                      case "getName" -> "test";
                      default -> throw new CacheException("secret");
                    });
    return cache;
  }

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final SharedStore store =
      JCacheSharedStore.of(cache(new ConcurrentHashMap<>()), Duration.ofHours(1), now::get);

  @Test
  void aLifeEndsThoughTheCacheKeepsTheEntry() {
    Duration minute = Duration.ofMinutes(1);
    assertTrue(store.putIfAbsent("a", minute));
    assertFalse(store.putIfAbsent("a", minute));
    now.set(Instant.EPOCH.plus(minute));
    assertFalse(store.contains("a"));
    assertTrue(store.putIfAbsent("a", minute));
    assertFalse(store.putIfAbsent("a", minute));
    store.put("a", minute.multipliedBy(2));
    now.set(Instant.EPOCH.plus(minute.multipliedBy(2)));
    assertTrue(store.contains("a"));
    store.remove("a");
    assertFalse(store.contains("a"));
    assertEquals("JCacheSharedStore[test]", store.toString());
  }

  @Test
  void refusesALifeThatTheCacheWouldCut() {
    for (Duration life : new Duration[] {Duration.ZERO, Duration.ofHours(1).plusMillis(1)}) {
      assertThrows(IllegalArgumentException.class, () -> store.put("a", life));
      assertThrows(IllegalArgumentException.class, () -> store.putIfAbsent("a", life));
    }
  }

  @Test
  void DP31_aCacheThatFailsIsUnavailable() {
    Node node = Node.start("");
    node.close();
    for (Runnable call :
        new Runnable[] {
          () -> node.store.contains("a"),
          () -> node.store.putIfAbsent("a", Duration.ofMinutes(1)),
          () -> node.store.put("a", Duration.ofMinutes(1)),
          () -> node.store.remove("a")
        }) {
      assertThrows(StoreUnavailableException.class, call::run);
    }
  }
}
