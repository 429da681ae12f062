package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenDigestTest {

  private static final TokenDigest.Maker MAKER = new TokenDigest.Maker("https://id.example");

  @Test
  void IN13_isTheSameForTheSameTokenOnly() {
    TokenDigest digest = MAKER.of("https://a.example", "token");

    assertEquals(digest, MAKER.of("https://a.example", "token"));
    assertEquals(digest.hashCode(), MAKER.of("https://a.example", "token").hashCode());
    assertNotEquals(digest, MAKER.of("https://a.example", "Token"));
    assertNotEquals(digest, MAKER.of("https://a.example", "token="));
  }

  @Test
  void IN13_IN24_dependsOnIssuerAndResource() {
    TokenDigest digest = MAKER.of("https://a.example", "token");

    assertNotEquals(digest, MAKER.of("https://a.example/", "token"));
    assertNotEquals(digest, MAKER.of("https://a.examplet", "oken"));
    assertNotEquals(salted("https://id.example"), salted("https://id2.example"));
    assertEquals(salted("https://id.example"), salted("https://id.example"));
  }

  private static TokenDigest salted(String issuer) {
    return new TokenDigest.Maker(issuer, new byte[] {1}).of("https://a.example", "token");
  }

  @Test
  void IN13_comparesEveryBit() {
    TokenDigest digest = new TokenDigest(1, 2, 3, 4);
    Set<TokenDigest> all = new HashSet<>();
    all.add(digest);
    for (int bit = 0; bit < 64; bit++) {
      all.add(new TokenDigest(1 ^ (1L << bit), 2, 3, 4));
      all.add(new TokenDigest(1, 2 ^ (1L << bit), 3, 4));
      all.add(new TokenDigest(1, 2, 3 ^ (1L << bit), 4));
      all.add(new TokenDigest(1, 2, 3, 4 ^ (1L << bit)));
    }

    assertEquals(257, all.size());
    assertEquals(digest, new TokenDigest(1, 2, 3, 4));
    assertNotEquals(digest, "TokenDigest");
  }

  @Test
  void I09_meansNothingElsewhere() {
    TokenDigest here = MAKER.of("https://a.example", "token");
    TokenDigest there =
        new TokenDigest.Maker("https://id.example").of("https://a.example", "token");

    assertNotEquals(here, there);
  }
}
