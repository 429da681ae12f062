package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenMemoryTest {

  private static final Instant LATER = Bench.NOW.plusSeconds(60);
  private static final SwitchableKeys KEYS = new SwitchableKeys(Bench.RSA);
  private static final Basis BASIS =
      KEYS.find(Bench.RSA.keyId(), SignatureAlgorithm.RS256)
              instanceof SigningKeys.Answer.Found found
          ? new Basis(
              Bench.strict(), KEYS, Bench.RSA.keyId(), SignatureAlgorithm.RS256, found.key())
          : null;
  private static final Granted GRANTED =
      new Granted(
          new AccessToken(
              Bench.ISSUER, "s", Optional.empty(), List.of(), Scope.NONE, LATER, Map.of()));
  private static final Denied DENIED = new Denied(Denial.SIGNATURE, "");

  private final Random random = new Random(42);

  private TokenDigest digest() {
    return new TokenDigest(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  @Test
  void CA9_aMillionTokensStayWithinTheBound() {
    TokenMemory memory = new TokenMemory(1024 * 1024, () -> 0);
    for (int i = 0; i < 1_000_000; i++) {
      memory.accept(digest(), GRANTED, BASIS, LATER, 800);
    }

    assertTrue(memory.acceptedBytes() <= 1024 * 1024, () -> memory.acceptedBytes() + " bytes");
    assertTrue(memory.acceptedCount() > 100, () -> memory.acceptedCount() + " tokens");
  }

  @Test
  void CA10_aFloodLeavesTheHotTokens() {
    TokenMemory memory = new TokenMemory(1024 * 1024, () -> 0);
    TokenDigest[] hot = new TokenDigest[100];
    for (int i = 0; i < hot.length; i++) {
      hot[i] = digest();
    }
    int hits = 0;
    int asked = 0;
    for (int i = 0; i < 200_000; i++) {
      memory.accept(digest(), GRANTED, BASIS, LATER, 800);
      TokenDigest one = hot[random.nextInt(hot.length)];
      boolean hit = memory.find(one, Bench.NOW) != null;
      if (!hit) {
        memory.accept(one, GRANTED, BASIS, LATER, 800);
      }
      if (i > 10_000) {
        asked++;
        hits += hit ? 1 : 0;
      }
    }

    assertTrue(hits >= asked * 0.9, hits + " of " + asked);
  }

  @Test
  void CA8_refusedTokensAreFewAndDisplaceNoAcceptedOne() {
    TokenMemory memory = new TokenMemory(1024 * 1024, () -> 0);
    TokenDigest good = digest();
    memory.accept(good, GRANTED, BASIS, LATER, 800);

    for (int i = 0; i < 100_000; i++) {
      memory.refuse(digest(), DENIED, BASIS);
    }

    assertEquals(GRANTED, memory.find(good, Bench.NOW));
    assertTrue(memory.refusedCount() <= TokenMemory.MAX_REFUSED);
  }

  @Test
  void aTokenLargerThanTheBoundIsNotKept() {
    TokenMemory memory = new TokenMemory(1024, () -> 0);
    TokenDigest large = digest();

    memory.accept(large, GRANTED, BASIS, LATER, 16_384);

    assertEquals(0, memory.acceptedCount());
    assertNull(memory.find(large, Bench.NOW));
  }
}
