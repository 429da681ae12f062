package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.ChallengeSyntaxException.Code;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

  private static final Challenge FOUR =
      Challenge.builder("Bearer")
          .param("realm", "mcp")
          .param("error", "invalid_token")
          .param("scope", "mcp:read")
          .param(
              "resource_metadata", "https://mcp.example.com/.well-known/oauth-protected-resource")
          .build();

  @Test
  void C09_C10_C11_C33_printsOneSpaceLowerCaseNamesAndQuotesEveryValue() {
    assertEquals(
        "Bearer realm=\"mcp\", error=\"invalid_token\", scope=\"mcp:read\","
            + " resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource\"",
        FOUR.toString());
  }

  @Test
  void C12_escapesQuoteAndBackslash() {
    Challenge challenge = Challenge.builder("Bearer").param("realm", "a\"b\\c").build();

    assertEquals("Bearer realm=\"a\\\"b\\\\c\"", challenge.toString());
  }

  @Test
  void C13_escapesNothingElse() {
    StringBuilder text = new StringBuilder("\t");
    for (char c = ' '; c <= '~'; c++) {
      text.append(c == '"' || c == '\\' ? "" : c);
    }

    Challenge challenge = Challenge.builder("Bearer").param("realm", text.toString()).build();

    assertEquals("Bearer realm=\"" + text + "\"", challenge.toString());
  }

  @Test
  void C14_CH1_refusesEveryControlAndEveryNonAsciiCharacter() {
    for (int c = 0; c <= 0xFFFF; c++) {
      String value = "a" + (char) c;
      boolean sendable = c == '\t' || (c >= ' ' && c <= '~');
      if (!sendable) {
        assertThrows(
            IllegalArgumentException.class,
            () -> Challenge.builder("Bearer").param("realm", value),
            "U+" + Integer.toHexString(c));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a\"",
        "a=",
        "a,",
        "a;",
        "a:b",
        "é",
        "a\n",
        "a\r\n",
        "(a)",
        "\u560d\u560a"
      })
  void C07_refusesSchemesAndNamesThatAreNoTokens(String text) {
    assertThrows(IllegalArgumentException.class, () -> Challenge.of(text));
    assertThrows(IllegalArgumentException.class, () -> Challenge.builder(text));
    assertThrows(IllegalArgumentException.class, () -> Challenge.token68(text, "abc"));
    assertThrows(IllegalArgumentException.class, () -> FOUR.with(text, "x"));
    assertThrows(IllegalArgumentException.class, () -> FOUR.with("x", "\u0000" + text));
    assertThrows(
        IllegalArgumentException.class, () -> Challenge.builder("Bearer").param(text, "x"));
  }

  @Test
  void C05_C06_refusesASecondAuthParamOfTheSameNameInAnyCase() {
    ChallengeBuilder builder = Challenge.builder("Bearer").param("scope", "a");

    assertThrows(IllegalArgumentException.class, () -> builder.param("Scope", "b"));
    assertEquals("Bearer scope=\"a\"", builder.build().toString());
  }

  @Test
  void C27_hasEitherToken68OrAuthParams() {
    Challenge negotiate = Challenge.token68("Negotiate", "YIIBhg==");

    assertEquals("Negotiate YIIBhg==", negotiate.toString());
    assertEquals(Optional.of("YIIBhg=="), negotiate.token68());
    assertEquals(Map.of(), negotiate.params());
    assertThrows(IllegalArgumentException.class, () -> negotiate.with("realm", "x"));
    assertEquals(Optional.empty(), FOUR.token68());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "a=b", "a b", "a\"", "ä", "a,"})
  void C27_refusesWhatIsNoToken68(String text) {
    assertThrows(IllegalArgumentException.class, () -> Challenge.token68("Negotiate", text));
  }

  @Test
  void C29_resourceMetadataStandsInAnySchemeBesideAnyAuthParam() {
    Challenge dpop =
        Challenge.builder("DPoP")
            .param("algs", "ES256 EdDSA")
            .param("max_age", "300")
            .param("acr_values", "gold")
            .param("resource_metadata", "https://h/x")
            .build();

    assertEquals(dpop, Challenge.parse(dpop.toString()));
    assertEquals(Optional.of("https://h/x"), dpop.param("resource_metadata"));
  }

  @Test
  void P01_P02_looksUpWithoutCaseAndKeepsValuesAsTheyAre() {
    Challenge challenge = Challenge.parse("BEARER Resource_Metadata=\"https://H/X\"");

    assertTrue(challenge.hasScheme("bearer"));
    assertEquals("BEARER", challenge.scheme());
    assertEquals(Optional.of("https://H/X"), challenge.param("resource_metadata"));
    assertEquals("https://H/X", challenge.params().get("RESOURCE_METADATA"));
    assertEquals(List.of("Resource_Metadata"), List.copyOf(challenge.params().keySet()));
    assertEquals(Optional.empty(), challenge.param("scope"));
  }

  @Test
  void comparesSchemeAndNamesWithoutCaseValuesExactlyAndNoOrder() {
    Challenge one = Challenge.parse("Bearer a=\"1\", b=\"2\"");

    assertEquals(one, Challenge.parse("BEARER B=2, A=\"1\""));
    assertEquals(one.hashCode(), Challenge.parse("BEARER B=2, A=\"1\"").hashCode());
    assertNotEquals(one, Challenge.parse("Bearer a=\"1\", b=\"3\""));
    assertNotEquals(one, Challenge.parse("Bearer a=\"1\""));
    assertNotEquals(one, Challenge.parse("Bearer a=\"1\", b=\"2\", c=\"3\""));
    assertNotEquals(one, Challenge.parse("DPoP a=\"1\", b=\"2\""));
    assertNotEquals(Challenge.parse("Foo abc"), Challenge.parse("Foo ABC"));
    assertNotEquals(one, one.toString());
    assertNotEquals(Challenge.parse("Bearer a=\"X\""), Challenge.parse("Bearer a=\"x\""));
  }

  @Test
  void hashesDependOnSchemeNamesAndValues() {
    Challenge one = Challenge.parse("Bearer a=\"1\"");

    for (String other : List.of("Bearer a=\"2\"", "Bearer b=\"1\"", "DPoP a=\"1\"", "Bearer")) {
      assertNotEquals(one.hashCode(), Challenge.parse(other).hashCode(), other);
    }
    assertNotEquals(Challenge.parse("Foo abc").hashCode(), Challenge.parse("Foo abd").hashCode());
    assertNotEquals(one.params().hashCode(), Challenge.parse("Bearer a=\"2\"").params().hashCode());
  }

  @Test
  void paramsAreAMapLikeAnyOther() {
    Map<String, String> params = Challenge.parse("Bearer A=\"1\", b=\"2\"").params();
    var entries = params.entrySet().iterator();

    assertEquals(2, params.size());
    assertEquals(2, params.entrySet().size());
    assertEquals("{A=1, b=2}", params.toString());
    assertTrue(params.containsKey("a"));
    assertFalse(params.containsKey("c"));
    assertFalse(params.containsKey(7));
    assertEquals(Map.entry("A", "1"), entries.next());
    assertEquals(Map.entry("b", "2"), entries.next());
    assertFalse(entries.hasNext());
    assertThrows(NoSuchElementException.class, entries::next);
  }

  @Test
  void replacesInPlaceAndAppendsAtTheEnd() {
    Challenge challenge = Challenge.parse("Bearer a=\"1\", b=\"2\"");

    assertEquals("Bearer a=\"3\", b=\"2\"", challenge.with("A", "3").toString());
    assertEquals("Bearer a=\"1\", b=\"2\", c=\"3\"", challenge.with("c", "3").toString());
    assertEquals("Bearer a=\"1\", b=\"2\"", challenge.toString());
  }

  @Test
  void removesWithoutCase() {
    Challenge challenge = Challenge.parse("Bearer a=\"1\", b=\"2\", c=\"3\"");

    assertEquals("Bearer a=\"1\", c=\"3\"", challenge.without("B").toString());
    assertEquals("Bearer", challenge.without("a").without("b").without("c").toString());
    assertSame(challenge, challenge.without("d"));
  }

  @Test
  void paramsCannotBeChanged() {
    assertThrows(UnsupportedOperationException.class, () -> FOUR.params().put("a", "b"));
    assertThrows(UnsupportedOperationException.class, () -> FOUR.params().remove("realm"));
    assertThrows(UnsupportedOperationException.class, () -> FOUR.params().clear());
  }

  @Test
  void aBuilderThatGoesOnChangesNothingThatWasBuilt() {
    ChallengeBuilder builder = Challenge.builder("Bearer").param("a", "1");
    Challenge first = builder.build();

    builder.param("b", "2");

    assertEquals("Bearer a=\"1\"", first.toString());
    assertEquals("Bearer a=\"1\", b=\"2\"", builder.build().toString());
  }

  @Test
  void printsTheSameStringEveryTime() {
    assertSame(FOUR.toString(), FOUR.toString());
  }

  @Test
  void digestHasTwoTokens() {
    Challenge digest =
        Challenge.builder("Digest")
            .param("realm", "x")
            .param("algorithm", "SHA-256")
            .param("stale", "true")
            .param("qop", "auth")
            .build();

    assertEquals(
        "Digest realm=\"x\", algorithm=SHA-256, stale=true, qop=\"auth\"", digest.toString());
    assertEquals(
        "Digest algorithm=\"not a token\"",
        digest
            .without("realm")
            .without("stale")
            .without("qop")
            .with("algorithm", "not a token")
            .toString());
  }

  @Test
  void parsesExactlyOne() {
    assertEquals(Code.NOT_ONE_CHALLENGE, refusal("").code());
    assertEquals(Code.NOT_ONE_CHALLENGE, refusal("Basic, Bearer").code());
    assertEquals(Challenge.of("Basic"), Challenge.parse(", Basic ,"));
  }

  @Test
  void isNoLongerThanAParserAccepts() {
    String fits = "x".repeat(Challenges.MAX_LENGTH - "Bearer realm=\"\"".length());

    assertEquals(
        Challenges.MAX_LENGTH,
        Challenge.builder("Bearer").param("realm", fits).build().toString().length());
    assertThrows(
        IllegalArgumentException.class,
        () -> Challenge.builder("Bearer").param("realm", fits + "x").build());
    assertThrows(
        IllegalArgumentException.class, () -> Challenge.of("Bearer").with("realm", fits + "x"));
    assertThrows(
        IllegalArgumentException.class, () -> Challenge.of("x".repeat(Challenges.MAX_LENGTH + 1)));
  }

  @Test
  void hasNoMoreAuthParamsThanAParserAccepts() {
    ChallengeBuilder builder = Challenge.builder("Bearer");
    for (int i = 0; i < Challenges.MAX_PARAMS; i++) {
      builder.param("p" + i, "x");
    }
    Challenge most = builder.build();

    assertEquals(most, Challenge.parse(most.toString()));
    assertThrows(IllegalArgumentException.class, () -> most.with("p32", "x"));
    assertThrows(IllegalArgumentException.class, () -> builder.param("p32", "x").build());
  }

  @Test
  void saysWhatWasExpectedAndWhere() {
    ChallengeSyntaxException refusal = refusal("Bearer realm \"mcp\"");

    assertEquals(Code.EXPECTED_EQUALS, refusal.code());
    assertEquals(13, refusal.position());
    assertEquals("expected '=' at 13 in: Bearer realm \"mcp\"", refusal.getMessage());
  }

  @Test
  void P16_messagesShowALittleOfTheTextInPrintableCharacters() {
    String secret = "s3cr3t".repeat(100);

    assertEquals(
        "expected '=' at 44 in: ...56789abcdefghijklmnopqrstuvwxyz \"x\"",
        refusal("Bearer 0123456789abcdefghijklmnopqrstuvwxyz \"x\"").getMessage());
    String message = refusal("Bearer a=\"" + secret + "\u0000\r\nX: y\"").getMessage();

    assertTrue(message.matches("[ -~]+"), message);
    assertTrue(message.length() < 150, message);
    assertFalse(message.contains(secret.substring(0, 48)), message);
  }

  @Test
  void P16_messagesSayWhereTextIsLeftOut() {
    assertEquals(
        "expected '=' at 9 in: Bearer a \"~?34567...",
        refusal("Bearer a \"~\u00e93456789").getMessage());
  }

  private static ChallengeSyntaxException refusal(String text) {
    return assertThrows(ChallengeSyntaxException.class, () -> Challenge.parse(text));
  }
}
