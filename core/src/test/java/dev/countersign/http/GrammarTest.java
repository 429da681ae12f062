package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrammarTest {

  private static final String ALPHANUMERIC =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void C07_tchar() {
    assertEquals(sorted("!#$%&'*+-.^_`|~" + ALPHANUMERIC), members(Grammar::isTchar));
    assertFalse(Grammar.isToken(""));
    assertTrue(Grammar.isToken("a"));
    assertFalse(Grammar.isToken("a "));
  }

  @Test
  void C15_C17_charactersOfScopeTokensAndErrors() {
    String nqchar = range(0x21, 0x21) + range(0x23, 0x5B) + range(0x5D, 0x7E);

    assertEquals(nqchar, members(Grammar::isNqchar));
    assertEquals(" " + nqchar, members(Grammar::isNqschar));
    assertFalse(Grammar.isScopeToken(""));
    assertFalse(Grammar.isScopeToken("a b"));
    assertTrue(Grammar.isScopeToken("a:b"));
  }

  @Test
  void C14_quotedText() {
    assertEquals("\t" + range(0x20, 0x7E), members(Grammar::isSendable));
    assertEquals("\t" + range(0x20, 0x7E) + range(0x80, 0xFF), members(Grammar::isQuotable));
  }

  @Test
  void C27_token68() {
    assertTrue(Grammar.isToken68("aZ09-._~+/=="));
    for (String text : new String[] {"", "=", "a=b", "a,", "a b", "a==" + " "}) {
      assertFalse(Grammar.isToken68(text), text);
    }
  }

  private static String members(IntPredicate characterClass) {
    return IntStream.rangeClosed(0, 0xFFFF)
        .filter(characterClass)
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  private static String range(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  private static String sorted(String text) {
    return text.chars()
        .sorted()
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.joining());
  }
}
