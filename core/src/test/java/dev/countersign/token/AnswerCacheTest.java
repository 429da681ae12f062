package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {

  private static final Denied BAD = new Denied(Denial.INACTIVE, "");
  private static final TokenDigest.Maker DIGESTS = new TokenDigest.Maker(Bench.ISSUER);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private final AnswerCache cache = new AnswerCache(Duration.ofSeconds(30), nanos::get);

  private static TokenDigest key(int number) {
    return DIGESTS.of(Bench.RESOURCE.toString(), "token-number-" + number);
  }

  private static Granted good() {
    return new Granted(
        new AccessToken(
            Bench.ISSUER,
            "user-1",
            Optional.empty(),
            List.of(),
            Scope.NONE,
            Bench.NOW.plusSeconds(300),
            Map.of()));
  }

  private Optional<Decision> find(int number) {
    return cache.find(key(number), Bench.NOW);
  }

  @Test
  void IN15_badEntriesNeverDisplaceGoodOnes() {
    cache.put(key(-1), good(), nanos.get(), 100);
    for (int at = 0; at < 3 * AnswerCache.MAX_ENTRIES; at++) {
      cache.put(key(at), BAD, nanos.get());
    }

    assertTrue(find(-1).isPresent());
    assertEquals(AnswerCache.MAX_ENTRIES, cache.badEntries());
    assertTrue(find(3 * AnswerCache.MAX_ENTRIES - 1).isPresent());
    assertTrue(find(0).isEmpty());
  }

  @Test
  void I09_goodEntriesAreLimitedInNumberAndBytes() {
    for (int at = 0; at < AnswerCache.MAX_ENTRIES + 10; at++) {
      cache.put(key(at), good(), nanos.get(), 100);
    }
    assertEquals(AnswerCache.MAX_ENTRIES, cache.goodEntries());
    assertTrue(find(0).isEmpty());

    for (int at = 0; at < 1000; at++) {
      cache.put(key(at), good(), nanos.get(), 60_000);
    }
    assertTrue(cache.goodBytes() <= AnswerCache.MAX_BYTES, () -> cache.goodBytes() + " bytes");
    assertTrue(cache.goodEntries() < 60, () -> cache.goodEntries() + " entries");
    assertTrue(find(999).isPresent());
  }

  @Test
  void forgetsWhatHasNotBeenUsedForLongest() {
    for (int at = 0; at < AnswerCache.MAX_ENTRIES; at++) {
      cache.put(key(at), good(), nanos.get(), 100);
    }
    assertTrue(find(0).isPresent());
    cache.put(key(-1), good(), nanos.get(), 100);

    assertTrue(find(0).isPresent());
    assertTrue(find(1).isEmpty());
  }

  @Test
  void IN14_dropsTheUserWithTheLifeOfTheEntryAndRemembersThatTheTokenWasGood() {
    cache.put(key(1), good(), nanos.get(), 10_000);
    long before = cache.goodBytes();
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());

    assertTrue(find(1).isEmpty());
    assertTrue(cache.wasGood(key(1)));
    assertTrue(cache.goodBytes() < before, () -> cache.goodBytes() + " bytes");

    cache.put(key(1), BAD, nanos.get());
    assertFalse(cache.wasGood(key(1)));
    assertEquals(0, cache.goodBytes());
  }

  @Test
  void aTokenIsGoodOrBadAndNeverBoth() {
    cache.put(key(1), BAD, nanos.get());
    cache.put(key(1), good(), nanos.get(), 100);
    assertEquals(Optional.of(good()), find(1));
    assertEquals(0, cache.badEntries());

    cache.put(key(1), BAD, nanos.get());
    assertEquals(Optional.of(BAD), find(1));
  }

  @Test
  void I09_holdsNoTokenAnywhere() throws IllegalAccessException {
    String token = "token-that-must-not-be-kept";
    TokenDigest key = DIGESTS.of(Bench.RESOURCE.toString(), token);
    cache.put(key, good(), nanos.get(), 100);
    cache.put(DIGESTS.of(Bench.RESOURCE.toString(), token + "-2"), BAD, nanos.get());

    assertFalse(holds(cache, "must-not-be-kept"));
    assertTrue(holds(cache, "user-1"), "the search finds what is there");
    assertFalse(key.toString().contains(Long.toString(key.first())));
  }

  // Walks through everything of ours and through collections.
  private static boolean holds(Object root, String text) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Object one = open.pop();
      if (one instanceof CharSequence chars && chars.toString().contains(text)) {
        return true;
      }
      if (seen.add(one)) {
        parts(one).forEach(open::push);
      }
    }
    return false;
  }

  private static List<Object> parts(Object object) throws IllegalAccessException {
    if (object instanceof Optional<?> optional) {
      return optional.<List<Object>>map(List::of).orElse(List.of());
    }
    if (object instanceof Map<?, ?> map) {
      return List.of(List.copyOf(map.keySet()), List.copyOf(map.values()));
    }
    if (object instanceof Collection<?> all) {
      return List.copyOf(all);
    }
    List<Object> parts = new ArrayList<>();
    if (object.getClass().getName().startsWith("dev.countersign")) {
      for (Field field : object.getClass().getDeclaredFields()) {
        field.setAccessible(true);
        Object part = field.getType().isPrimitive() ? null : field.get(object);
        if (part != null) {
          parts.add(part);
        }
      }
    }
    return parts;
  }
}
