package dev.countersign.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InMemorySharedStoreTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InMemorySharedStore store = new InMemorySharedStore(4, 3, now::get);

  private void advance(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }

  @Test
  void rememberedOnceUntilItsLifeIsOver() {
    assertTrue(store.putIfAbsent("a:1", MINUTE));
    assertFalse(store.putIfAbsent("a:1", MINUTE));
    assertTrue(store.contains("a:1"));

    advance(MINUTE.minusMillis(1));
    assertTrue(store.contains("a:1"));
    advance(Duration.ofMillis(1));
    assertFalse(store.contains("a:1"));
    assertTrue(store.putIfAbsent("a:1", MINUTE));
  }

  @Test
  void putGivesAnotherLife() {
    store.put("a:1", MINUTE);
    advance(MINUTE.dividedBy(2));
    store.put("a:1", MINUTE);
    advance(MINUTE.dividedBy(2));
    store.put("b:1", MINUTE);

    assertTrue(store.contains("a:1"));
    assertEquals(2, store.size());
    store.remove("a:1");
    assertFalse(store.contains("a:1"));
    store.remove("a:1");
    assertEquals(1, store.size());
  }

  @Test
  void DP28_aFullStoreSaysSoAndForgetsNothing() {
    for (String key : new String[] {"a:1", "a:2", "b:1", "b:2"}) {
      assertTrue(store.putIfAbsent(key, MINUTE));
    }
    assertThrows(StoreUnavailableException.class, () -> store.putIfAbsent("c:1", MINUTE));
    assertThrows(StoreUnavailableException.class, () -> store.put("c:1", MINUTE));
    assertFalse(store.putIfAbsent("a:1", MINUTE));
    store.put("a:1", MINUTE.multipliedBy(2));
    assertTrue(store.contains("b:2"));

    advance(MINUTE);
    assertTrue(store.putIfAbsent("c:1", MINUTE));
    assertTrue(store.contains("a:1"));
    assertEquals(2, store.size());
  }

  /** The key under which a proof is remembered: a thumbprint and the digest of an identifier. */
  private static String proof(int at) {
    String number = String.format("%043d", at);
    return "dpop:" + number + ":" + number;
  }

  private static long usedAfterCollection() {
    for (int run = 0; run < 4; run++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void DP28_aMillionProofsTakeTheRoomThatThereIsAndDisplaceNothing() {
    long before = usedAfterCollection();
    InMemorySharedStore usual = InMemorySharedStore.create(now::get);
    int taken = 0;
    int full = 0;
    for (int at = 0; at < 1_000_000; at++) {
      try {
        taken += usual.putIfAbsent(proof(at), MINUTE) ? 1 : 0;
      } catch (StoreUnavailableException e) {
        full++;
      }
    }
    long bytes = usedAfterCollection() - before;

    assertEquals(InMemorySharedStore.DEFAULT_ENTRIES, taken);
    assertEquals(1_000_000 - taken, full);
    assertEquals(taken, usual.size());
    // No two of these keys share a prefix. A tenth is for what else happens in this JVM.
    assertTrue(bytes <= taken * 440L, () -> bytes + " bytes");
    for (int at = 0; at < taken; at++) {
      assertFalse(usual.putIfAbsent(proof(at), MINUTE));
    }

    // As soon as lives are over there is room again, for as many.
    advance(MINUTE);
    for (int at = 1_000_000; at < 1_000_000 + taken; at++) {
      assertTrue(usual.putIfAbsent(proof(at), MINUTE));
    }
    assertThrows(StoreUnavailableException.class, () -> usual.putIfAbsent(proof(0), MINUTE));
  }

  @Test
  void DP29_aPrefixHasItsShare() {
    for (int at = 0; at < 3; at++) {
      assertTrue(store.putIfAbsent("a:" + at, MINUTE));
    }
    assertThrows(StoreUnavailableException.class, () -> store.putIfAbsent("a:x", MINUTE));
    assertTrue(store.putIfAbsent("b:x", MINUTE));
    store.remove("a:0");
    store.remove("b:x");
    assertTrue(store.putIfAbsent("a:x", MINUTE));
  }

  @Test
  void DP28_memoryStaysBoundedHoweverOftenAKeyIsPut() {
    for (int run = 0; run < 100_000; run++) {
      store.put("a:1", MINUTE.plusMillis(run));
      store.remove("a:1");
    }
    assertEquals(0, store.size());
    assertTrue(store.queued() <= 12, () -> "queue of " + store.queued());
  }

  @Test
  void refusesWhatIsNoEntry() {
    assertThrows(IllegalArgumentException.class, () -> store.put("a", Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.put("a".repeat(SharedStore.MAX_KEY_LENGTH + 1), MINUTE));
    assertThrows(IllegalArgumentException.class, () -> new InMemorySharedStore(0, 1, now::get));
    assertEquals("InMemorySharedStore[0 of 4]", store.toString());
  }
}
