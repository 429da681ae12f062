package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {

  @Test
  void readsAlternatives() {
    assertEquals(
        List.of(Scope.of("a", "b"), Scope.of("c")), Requirement.parse("a  b | c").alternatives());
    assertEquals(List.of(Scope.of("a|b")), Requirement.parse("a|b").alternatives());
    assertEquals(Requirement.NOTHING, Requirement.parse("none"));
    assertEquals(Requirement.DENIED, Requirement.parse("deny"));
    assertEquals(Requirement.NOTHING, Requirement.allOf());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "|",
        "a |",
        "| a",
        "a | | b",
        "a || b | ",
        "none a",
        "a | deny",
        "\u00e9",
        "a\tb"
      })
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Requirement.parse(text), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "deny", "a", "a b", "a b | c", "c | a b"})
  void isWrittenAsItIsRead(String text) {
    assertEquals(text, Requirement.parse(text).toString());
  }

  @Test
  void denyingStandsAlone() {
    AuthenticationStrength login = new AuthenticationStrength(List.of("2"), Optional.empty());
    assertThrows(IllegalArgumentException.class, () -> Requirement.DENIED.with(login));
    assertThrows(IllegalArgumentException.class, () -> Requirement.DENIED.or(Scope.of("a")));
    assertThrows(IllegalArgumentException.class, () -> Requirement.NOTHING.or(Scope.NONE));
  }
}
