package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BearerChallengeTest {

  @Test
  void P18_readsEveryAuthParamAsWhatItMeans() {
    BearerChallenge bearer =
        from(
            "Bearer realm=\"mcp\", error=insufficient_scope, Scope=\"b a\","
                + " resource_metadata=\"https://h/x\", acr_values=\"gold silver\", max_age=\"300\","
                + " error_description=\"More is needed\", error_uri=\"https://h/e\", Claims=\"e30\"");

    assertEquals(Optional.of("mcp"), bearer.realm());
    assertEquals(Optional.of("insufficient_scope"), bearer.error());
    assertEquals(List.of("b", "a"), List.copyOf(bearer.scope()));
    assertEquals(Optional.of(URI.create("https://h/x")), bearer.resourceMetadata());
    assertEquals(List.of("gold", "silver"), bearer.acrValues());
    assertEquals(Optional.of(Duration.ofMinutes(5)), bearer.maxAge());
    assertEquals(Optional.of("More is needed"), bearer.errorDescription());
    assertEquals(Optional.of(URI.create("https://h/e")), bearer.errorUri());
    assertEquals(Map.of("Claims", "e30"), bearer.extensions());
    assertEquals(List.of(), bearer.problems());
  }

  @Test
  void P18_readsTheAlgorithmsOfDpop() {
    BearerChallenge dpop = from("DPoP algs=\"ES256 EdDSA\", error=\"use_dpop_nonce\"");

    assertEquals(List.of("ES256", "EdDSA"), dpop.algs());
    assertEquals(Optional.of("use_dpop_nonce"), dpop.error());
    assertEquals(Map.of(), dpop.extensions());
  }

  @Test
  void P18_algorithmsBelongToDpopAndEverythingElseIsKept() {
    assertEquals(Map.of("algs", "ES256"), from("Bearer algs=\"ES256\"").extensions());
    assertEquals(Map.of("x", "y"), from("DPoP Algs=\"ES256\", x=\"y\"").extensions());
  }

  @Test
  void P18_numbersHaveFifteenDigitsAtMost() {
    String digits = "098765432109876";

    assertEquals(
        Optional.of(Duration.ofSeconds(98765432109876L)),
        from("Bearer max_age=\"" + digits + "\"").maxAge());
    for (String text : List.of(digits + "0", "1/", "1:")) {
      assertEquals(Optional.empty(), from("Bearer max_age=\"" + text + "\"").maxAge(), text);
    }
  }

  @Test
  void P18_takesHttpUrlsAndLeavesTheJudgementToTheLinter() {
    assertEquals(
        Optional.of(URI.create("http://h/x")),
        from("Bearer resource_metadata=\"http://h/x\"").resourceMetadata());
  }

  @Test
  void P18_urisAreAscii() {
    for (String value : List.of("https://h/\u00e9", "https://h/a b", "https://h/\\\"")) {
      assertEquals(Optional.empty(), from("Bearer error_uri=\"" + value + "\"").errorUri(), value);
      assertEquals(
          Optional.empty(),
          from("Bearer resource_metadata=\"" + value + "\"").resourceMetadata(),
          value);
    }
  }

  @Test
  void P17_anEmptyScopeIsReported() {
    assertEquals(
        List.of(new BearerChallenge.Problem("scope", "is empty")),
        from("Bearer scope=\"\"").problems());
  }

  @Test
  void comparesAsTheChallengeDoes() {
    BearerChallenge bearer = from("Bearer scope=\"a\"");

    assertEquals(Challenge.parse("Bearer scope=\"a\""), bearer.challenge());
    assertEquals(bearer, from("bearer Scope=a"));
    assertEquals(bearer.hashCode(), from("bearer Scope=a").hashCode());
    assertNotEquals(bearer, from("Bearer scope=\"b\""));
    assertNotEquals(bearer, bearer.challenge());
    assertNotEquals(bearer.hashCode(), from("Bearer scope=\"b\"").hashCode());
  }

  @Test
  void P18_reportsWhatIsNoNumber() {
    for (String number : List.of("-1", "1.5", "", "abc", "1 2", "1".repeat(30))) {
      BearerChallenge bearer = from("Bearer max_age=\"" + number + "\"");

      assertEquals(Optional.empty(), bearer.maxAge(), number);
      assertEquals("max_age", bearer.problems().get(0).param(), number);
    }
  }

  @Test
  void P18_reportsWhatIsNoUsableUrl() {
    for (String url : List.of("/x", "h/x", "https://h/x#y", "https://u@h/x", "ftp://h/x", "")) {
      BearerChallenge bearer = from("Bearer resource_metadata=\"" + url + "\"");

      assertEquals(Optional.empty(), bearer.resourceMetadata(), url);
      assertEquals("resource_metadata", bearer.problems().get(0).param(), url);
    }
    assertEquals(
        List.of(new BearerChallenge.Problem("error_uri", "is not an absolute URI")),
        from("Bearer error_uri=\"/page\"").problems());
  }

  @Test
  void P17_splitsTheScopeAtSpaces() {
    BearerChallenge bearer = from("Bearer scope=\"b a  a\"");

    assertEquals(Set.of("a", "b"), bearer.scope());
    assertEquals(
        List.of(new BearerChallenge.Problem("scope", "has a space too many")), bearer.problems());
  }

  @Test
  void P17_reportsCharactersThatNoScopeTokenHas() {
    BearerChallenge bearer = from("Bearer scope=\"a\u00e9 b\"");

    assertEquals(Set.of("b"), bearer.scope());
    assertEquals(
        List.of(new BearerChallenge.Problem("scope", "has an illegal character")),
        bearer.problems());
  }

  @Test
  void P17_reportsRepeatedScopeTokens() {
    assertEquals(
        List.of(new BearerChallenge.Problem("scope", "names something twice")),
        from("Bearer scope=\"a a\"").problems());
  }

  @Test
  void P18_reportsErrorsOutsideTheirGrammar() {
    assertEquals(
        List.of(
            new BearerChallenge.Problem("error_description", "has an illegal character"),
            new BearerChallenge.Problem("error", "is empty")),
        from("Bearer error_description=\"a \\\"b\\\"\", error=\"\"").problems());
  }

  @Test
  void looksAtOauthSchemesOnly() {
    Challenge basic = Challenge.parse("Basic realm=\"x\"");

    assertThrows(IllegalArgumentException.class, () -> BearerChallenge.from(basic));
  }

  @Test
  void whatIsNotThereIsEmptyAndNoProblem() {
    BearerChallenge bearer = from("Bearer x=\"y\"");

    assertEquals(Optional.empty(), bearer.realm());
    assertEquals(Set.of(), bearer.scope());
    assertEquals(Optional.empty(), bearer.resourceMetadata());
    assertEquals(List.of(), bearer.problems());
  }

  private static BearerChallenge from(String text) {
    return BearerChallenge.from(Challenge.parse(text));
  }
}
