package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.ResourceIdentifier;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private final Fingerprints fingerprints = new Fingerprints();

  private TokenDigest of(String resource, String token) {
    return fingerprints.of(ResourceIdentifier.parse(resource), BearerToken.of(token));
  }

  @Test
  void CA1_areTheSameForTheSamePairOnly() {
    String token = "a".repeat(5000);
    TokenDigest first = of("https://r", token);

    assertEquals(first, of("https://r", new String(token.toCharArray())));
    assertNotEquals(first, of("https://r", token.substring(1)));
    assertNotEquals(first, of("https://ra", token.substring(1)));
    assertNotEquals(first, of("https://s", token));
  }

  @Test
  void CA1_aShortTokenAfterALongOneHoldsNothingOfIt() {
    TokenDigest alone = of("https://r", "short");
    of("https://r", "x".repeat(3000));

    assertEquals(alone, of("https://r", "short"));
  }

  @Test
  void CA1_everyCharacterCounts() {
    Set<TokenDigest> seen = new HashSet<>();
    for (int at = 0; at < 300; at++) {
      seen.add(of("https://r", "a".repeat(at) + "b" + "a".repeat(299 - at)));
    }

    assertEquals(300, seen.size());
  }

  @Test
  void O10_meansNothingElsewhere() {
    assertNotEquals(of("https://r", "token"), new FingerprintsTest().of("https://r", "token"));
    assertEquals("TokenDigest", of("https://r", "token").toString());
  }
}
