package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
