package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {

  private static String shown(String line, String... authorization) {
    return Redaction.of(List.of(line), Redaction.secrets(List.of(authorization))).get(0);
  }

  @Test
  void keepsWhatChallengesAreMadeOf() {
    String line =
        "Bearer realm=\"files of mcp2\", error=\"insufficient_user_authentication\", resource_metadata="
            + "\"https://mcp-1.countersign.example:8443/.well-known/oauth-protected-resource/mcp\"";

    assertEquals(line, shown(line));
  }

  @Test
  void blanksTheCredentialsOfTheRequestHoweverShort() {
    assertEquals(
        "Bearer error_description=\"no token [redacted] here\"",
        shown("Bearer error_description=\"no token s3 here\"", "Bearer s3"));
    assertEquals("Bearer realm=\"[redacted]\"", shown("Bearer realm=\"eDp5\"", "Basic eDp5"));
  }

  @Test
  void blanksWhatMayBeACredential() {
    assertEquals("a [redacted] b", shown("a eyJhbGciOiJub25lIn0.e30. b"));
    assertEquals("a [redacted] b", shown("a 0f8fad5b-d9cb-469f-a165-70867728950e b"));
    assertEquals("Negotiate [redacted]", shown("Negotiate YIIJvwYGKwYBBQUCoIIJszCC=="));
    assertEquals("a [redacted]", shown("a " + "x".repeat(33)));
  }

  @Test
  void cutsAndEscapes() {
    assertEquals("a?b?c", shown("a\nb\u00fcc"));
    assertEquals("a ".repeat(256) + "...", shown("a ".repeat(300)));
    assertEquals(8, Redaction.of(Collections.nCopies(9, "a"), List.of()).size());
  }

  @Test
  void knowsWhetherALineHoldsASecret() {
    List<String> secrets = Redaction.secrets(List.of("Bearer abc", "alone", ""));

    assertEquals(List.of("abc", "alone"), secrets);
    assertTrue(Redaction.holds(List.of("x", "is abc."), secrets));
    assertFalse(Redaction.holds(List.of("x"), secrets));
    assertFalse(Redaction.holds(List.of("x"), List.of()));
  }
}
