package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldNamesTest {

  private final FieldNames names = FieldNames.of(List.of("X-User", "Cookie", "DPoP"));

  @Test
  void findsANameInAnySpelling() {
    assertTrue(names.contains("x-user"));
    assertTrue(names.contains("DPOP"));
    assertFalse(names.contains("X-Uses"));
    assertFalse(names.contains(""));
    assertFalse(names.contains("X-User-And-A-Long-Rest"));
    assertFalse(names.contains(null));
    assertFalse(FieldNames.none().contains("X-User"));
  }

  @Test
  void keepsTheOrderAndTheFirstSpelling() {
    assertEquals(List.of("X-User", "Cookie", "DPoP"), List.copyOf(names));
    assertEquals(
        List.of("X-User", "X-Role"),
        List.copyOf(FieldNames.of(List.of("X-User", "X-Role", "x-USER"))));
    assertSame(names, names.and("COOKIE"));
    assertEquals(4, names.and("X-Role").size());
    assertEquals(3, names.size());
    assertSame(names, FieldNames.of(names));
  }

  @Test
  void knowsTheNamesOfALength() {
    assertEquals(List.of("X-User", "Cookie"), names.ofLength(6));
    assertEquals(List.of(), names.ofLength(5));
    assertEquals(List.of(), names.ofLength(1000));
  }

  @Test
  void isEqualToASetOfTheSameNames() {
    assertEquals(Set.of("X-User", "Cookie", "DPoP"), names);
  }
}
