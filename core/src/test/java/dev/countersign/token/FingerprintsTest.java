package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private final Fingerprints fingerprints = new Fingerprints();

  @Test
  void CA1_areTheSameForTheSamePairOnly() {
    String token = "a".repeat(5000);
    TokenDigest first = fingerprints.of("https://r", token);

    assertEquals(first, fingerprints.of("https://r", new String(token.toCharArray())));
    assertNotEquals(first, fingerprints.of("https://r", token.substring(1)));
    assertNotEquals(first, fingerprints.of("https://ra", token.substring(1)));
    assertNotEquals(first, fingerprints.of("https://s", token));
  }

  @Test
  void CA1_aShortTokenAfterALongOneHoldsNothingOfIt() {
    TokenDigest alone = fingerprints.of("r", "short");
    fingerprints.of("r", "x".repeat(3000));

    assertEquals(alone, fingerprints.of("r", "short"));
  }

  @Test
  void CA1_everyCharacterCounts() {
    Set<TokenDigest> seen = new HashSet<>();
    for (int at = 0; at < 300; at++) {
      seen.add(fingerprints.of("r", "a".repeat(at) + "b" + "a".repeat(299 - at)));
    }

    assertEquals(300, seen.size());
  }

  @Test
  void O10_meansNothingElsewhere() {
    assertNotEquals(fingerprints.of("r", "token"), new Fingerprints().of("r", "token"));
    assertEquals("TokenDigest", fingerprints.of("r", "token").toString());
  }
}
