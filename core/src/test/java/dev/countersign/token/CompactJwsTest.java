package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {

  private static final String GOOD = "aGVh.cGF5.c2ln";
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static void refuses(String text) {
    assertTrue(CompactJws.parse(text).isEmpty(), text);
  }

  /** The text with something put into each of its three parts. */
  private static Stream<String> inEachPart(String insertion) {
    return IntStream.of(2, 7, 12)
        .mapToObj(at -> GOOD.substring(0, at) + insertion + GOOD.substring(at));
  }

  @Test
  void decodesTheParts() {
    CompactJws jws = CompactJws.parse(GOOD).orElseThrow();

    assertArrayEquals("hea".getBytes(StandardCharsets.UTF_8), jws.header());
    assertArrayEquals("pay".getBytes(StandardCharsets.UTF_8), jws.payload());
    assertArrayEquals("sig".getBytes(StandardCharsets.UTF_8), jws.signature());
  }

  @Test
  void JS1_J22_refusesPaddingBehindEachPart() {
    for (String padding : List.of("=", "==")) {
      refuses("aGVh" + padding + ".cGF5.c2ln");
      refuses("aGVh.cGF5" + padding + ".c2ln");
      refuses("aGVh.cGF5.c2ln" + padding);
      refuses("aGU" + padding + ".cGF5.c2ln");
    }
  }

  @Test
  void JS2_J22_refusesEveryForeignCharacterInEachPart() {
    for (char c = 0; c < 0x180; c++) {
      if (ALPHABET.indexOf(c) < 0 && c != '.') {
        inEachPart(String.valueOf(c)).forEach(CompactJwsTest::refuses);
        inEachPart("AAA" + c).forEach(CompactJwsTest::refuses);
      }
    }
  }

  @Test
  void JS3_refusesTheStandardAlphabet() {
    inEachPart("+AAA").forEach(CompactJwsTest::refuses);
    inEachPart("/AAA").forEach(CompactJwsTest::refuses);
    inEachPart("-AAA").forEach(text -> assertTrue(CompactJws.parse(text).isPresent()));
  }

  @Test
  void JS4_J22_refusesUnusedBitsThatAreNotZeroInEachPart() {
    // A last character of a group of two carries four bits that do not count, of a group of three
    // two.
    for (int sextet = 0; sextet < 64; sextet++) {
      char c = ALPHABET.charAt(sextet);
      for (String part : List.of("A" + c, "AA" + c)) {
        boolean canonical = sextet % (part.length() == 2 ? 16 : 4) == 0;
        assertEquals(canonical, CompactJws.parse(part + ".cGF5.c2ln").isPresent(), part);
        assertEquals(canonical, CompactJws.parse("aGVh." + part + ".c2ln").isPresent(), part);
        assertEquals(canonical, CompactJws.parse("aGVh.cGF5." + part).isPresent(), part);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\r\n", "\t", "%2E", "\u0000"})
  void JS5_refusesWhiteSpace(String blank) {
    inEachPart(blank).forEach(CompactJwsTest::refuses);
    refuses(blank + GOOD);
    refuses(GOOD + blank);
  }

  static Stream<String> wrongNumberOfParts() {
    return Stream.of(
        "",
        ".",
        "..",
        "...",
        "aGVh",
        "aGVh.cGF5",
        "aGVh.cGF5.",
        ".cGF5.c2ln",
        "aGVh..c2ln",
        "..c2ln",
        "aGVh..",
        GOOD + ".",
        GOOD + ".c2ln",
        "." + GOOD,
        "aGVh.cGF5.c2ln.c2ln.c2ln");
  }

  @ParameterizedTest
  @MethodSource("wrongNumberOfParts")
  void JS6_JS9_JS11_J22_J23_refusesAnythingButThreePartsWithContent(String text) {
    refuses(text);
  }

  @Test
  void JS7_isDoneQuicklyWithAMillionDots() {
    String dots = ".".repeat(1_000_000);

    assertTimeout(Duration.ofMillis(500), () -> refuses(dots));
  }

  @Test
  void JS10_refusesAPartOneCharacterTooLong() {
    refuses("aGVhA.cGF5.c2ln");
    refuses("aGVh.cGF5A.c2ln");
    refuses("aGVh.cGF5.c2lnA");
    refuses("A.cGF5.c2ln");
  }

  @Test
  void decodesWhatTheJdkEncodes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      String part = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

      CompactJws jws = CompactJws.parse(part + "." + part + "." + part).orElseThrow();

      assertArrayEquals(bytes, jws.header(), "seed " + seed);
      assertArrayEquals(bytes, jws.payload(), "seed " + seed);
      assertArrayEquals(bytes, jws.signature(), "seed " + seed);
    }
  }
}
