package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";

  // b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
  @Test
  void T04_takesExactlyTheAlphabetOfRfc6750() {
    for (char c = 0; c < 0x300; c++) {
      String text = "a" + c + "b";

      if (ALPHABET.indexOf(c) >= 0) {
        assertEquals(text, BearerToken.of(text).text());
      } else {
        assertThrows(IllegalArgumentException.class, () -> BearerToken.of(text), () -> text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=", "a==", "abc.def.ghi", "a========", "-", "~+/_."})
  void T04_takesEqualsSignsAtTheEnd(String text) {
    assertEquals(text, BearerToken.of(text).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "==", "=a", "a=b", "a =", " a", "a ", "\u212A", "\"a\""})
  void T04_refusesWhatIsNoB64token(String text) {
    assertThrows(IllegalArgumentException.class, () -> BearerToken.of(text));
  }

  @Test
  void T21_showsItselfNowhere() {
    String secret = "s3cr3t-marker-text";

    assertEquals("BearerToken[redacted]", BearerToken.of(secret).toString());
    assertFalse(
        assertThrows(IllegalArgumentException.class, () -> BearerToken.of(secret + "!"))
            .toString()
            .contains("s3cr3t"));
    assertFalse(new Credentials.Presented(BearerToken.of(secret)).toString().contains("s3cr3t"));
  }

  @Test
  void knowsWhereItStandsInTheField() {
    BearerToken token = BearerToken.behind("Bearer eyJ.b.c=", 7);
    byte[] target = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

    assertNotNull(token);
    token.copyTo(target, 1);

    assertEquals("eyJ.b.c=", token.text());
    assertEquals(8, token.length());
    assertArrayEquals(new byte[] {1, 'e', 'y', 'J', '.', 'b', '.', 'c', '=', 1}, target);
    assertTrue(token.looksLikeJwt());
    assertEquals(BearerToken.of("eyJ.b.c="), token);
    assertEquals(BearerToken.of("eyJ.b.c=").hashCode(), token.hashCode());
    assertThrows(IndexOutOfBoundsException.class, () -> token.copyTo(target, 3));
  }

  @Test
  void T04_looksAtNothingInFrontOfTheToken() {
    assertNull(BearerToken.behind("Bearer ", 7));
    assertNull(BearerToken.behind("Bearer ==", 7));
    assertNull(BearerToken.behind("Bearer a,b", 7));
    assertNotNull(BearerToken.behind("\u0141, a", 3));
  }

  @Test
  void comparesByText() {
    assertEquals(BearerToken.of("abc"), BearerToken.of("abc"));
    assertEquals(BearerToken.of("abc").hashCode(), BearerToken.of("abc").hashCode());
    assertNotEquals(BearerToken.of("abc"), BearerToken.of("abd"));
    assertNotEquals(BearerToken.of("abc"), BearerToken.of("abc="));
    assertNotEquals(BearerToken.of("abc"), "abc");
  }
}
