package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  // scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
  private static boolean mayBeInAToken(char c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E);
  }

  @Test
  void C15_takesExactlyTheCharactersOfAScopeToken() {
    for (char c = 0; c < 0x300; c++) {
      String token = "a" + c + "b";

      if (mayBeInAToken(c)) {
        assertEquals(token, Scope.of(token).toString());
      } else {
        assertThrows(IllegalArgumentException.class, () -> Scope.of(token), () -> token);
      }
    }
  }

  @Test
  void C15_refusesAnEmptyToken() {
    assertThrows(IllegalArgumentException.class, () -> Scope.of("a", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "a\nb", "a\u00A0b", "a \u00e9", "a \"b\""})
  void C15_parsesNothingThatHoldsAnotherCharacter(String text) {
    assertThrows(IllegalArgumentException.class, () -> Scope.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b a", " b a", "b a ", "b  a", "  b   a  b  "})
  void C16_writesOneSpaceBetweenTokensAndNoneAtTheEnds(String text) {
    assertEquals("b a", Scope.parse(text).toString());
  }

  @Test
  void C16_keepsTheOrderAndComparesWithoutIt() {
    assertEquals("b a c", Scope.of("b", "a", "b", "c").toString());
    assertEquals(Scope.of("a", "b"), Scope.of("b", "a"));
    assertEquals(Scope.of("a", "b").hashCode(), Scope.of("b", "a").hashCode());
    assertNotEquals(Scope.of("a"), Scope.of("A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "    "})
  void isNoneWithoutAToken(String text) {
    assertSame(Scope.NONE, Scope.parse(text));
    assertTrue(Scope.NONE.isEmpty());
    assertEquals("", Scope.NONE.toString());
  }

  @Test
  void coversWhatItHoldsAndTheEmptyScope() {
    Scope granted = Scope.of("a", "b");

    assertTrue(granted.covers(Scope.of("b", "a")));
    assertTrue(granted.covers(Scope.of("a")));
    assertTrue(granted.covers(Scope.NONE));
    assertTrue(Scope.NONE.covers(Scope.NONE));
    assertFalse(granted.covers(Scope.of("a", "c")));
    assertFalse(granted.covers(Scope.of("A")));
    assertFalse(Scope.of("files").covers(Scope.of("files:read")));
    assertFalse(Scope.NONE.covers(Scope.of("a")));
  }

  @Test
  void unitesWithItsOwnTokensFirst() {
    Scope scope = Scope.of("b", "a");

    assertEquals("b a c", scope.and(Scope.of("c", "a")).toString());
    assertSame(scope, scope.and(Scope.of("a")));
    assertSame(scope, scope.and(Scope.NONE));
    assertEquals("b a", scope.toString());
  }

  @Test
  void cannotBeChangedFromOutside() {
    Set<String> tokens = Scope.of("a").tokens();

    assertThrows(UnsupportedOperationException.class, () -> tokens.add("b"));
  }

  @Test
  void parsesWhatItPrints() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      List<String> tokens =
          random.ints(random.nextInt(6), 1, 9).mapToObj(length -> token(random, length)).toList();

      Scope scope = Scope.of(tokens);

      assertEquals(scope, Scope.parse(scope.toString()), () -> "seed " + seed);
      assertEquals(
          scope.toString(), Scope.parse(scope.toString()).toString(), () -> "seed " + seed);
    }
  }

  private static String token(Random random, int length) {
    StringBuilder token = new StringBuilder();
    while (token.length() < length) {
      char c = (char) (0x21 + random.nextInt(0x7E - 0x20));
      if (mayBeInAToken(c)) {
        token.append(c);
      }
    }
    return token.toString();
  }
}
