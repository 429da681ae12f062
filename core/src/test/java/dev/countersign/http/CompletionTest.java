package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {

  private static final String URL =
      "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";

  private static final Challenge OURS =
      BearerChallenge.builder()
          .error("invalid_token")
          .scope("mcp:read")
          .resourceMetadata(URL)
          .errorDescription("The access token is expired")
          .build()
          .challenge();

  /**
   * punkpeye/mcp-proxy issue 44: the server knew everything, the layer before it sent the URL
   * alone. The layer that has both gives the client what the server knew.
   */
  @Test
  void restoresWhatAProxyCutOff() {
    Challenge server =
        Challenge.parse(
            "Bearer realm=\"Example\", error=\"invalid_token\","
                + " error_description=\"The token is revoked\", scope=\"read write\"");
    Challenge proxy = Challenge.parse("Bearer resource_metadata=\"https://mcp.example.com/prm\"");

    String restored =
        "Bearer realm=\"Example\", error=\"invalid_token\", scope=\"read write\","
            + " resource_metadata=\"https://mcp.example.com/prm\","
            + " error_description=\"The token is revoked\"";

    assertEquals(restored, proxy.completedWith(server).toString());
    assertEquals(restored, server.completedWith(proxy).toString());
    assertEquals(List.of(restored), Challenges.complete(List.of(proxy.toString()), server));
  }

  @Test
  void C30_completesTheBearerChallengeOfTheApplicationAndKeepsForeignSchemes() {
    assertEquals(
        List.of(
            "Bearer error=\"invalid_token\", scope=\"mcp:read\", resource_metadata=\""
                + URL
                + "\", error_description=\"The access token is expired\"",
            "Basic realm=\"x\""),
        Challenges.complete(List.of("Bearer error=\"invalid_token\"", "Basic realm=\"x\""), OURS));
  }

  @Test
  void C24_C31_ourSchemeComesFirstOnALineOfItsOwn() {
    List<String> lines =
        Challenges.complete(
            List.of("Negotiate, DPoP algs=\"ES256\", bearer", "Digest realm=\"x\", algorithm=MD5"),
            OURS);

    assertEquals(4, lines.size());
    assertTrue(lines.get(0).startsWith("Bearer "), lines.get(0));
    assertEquals(
        List.of("Negotiate", "DPoP algs=\"ES256\"", "Digest realm=\"x\", algorithm=MD5"),
        lines.subList(1, 4));
  }

  @Test
  void C30_severalBearerChallengesBecomeOne() {
    List<String> lines =
        Challenges.complete(
            List.of(
                "Bearer", "Bearer realm=\"gateway\", Bearer realm=\"app\", scope=\"files:read\""),
            OURS);

    assertEquals(
        List.of(
            "Bearer realm=\"gateway\", error=\"invalid_token\", scope=\"files:read\", resource_metadata=\""
                + URL
                + "\", error_description=\"The access token is expired\""),
        lines);
  }

  @Test
  void withoutAChallengeOursIsSent() {
    assertEquals(List.of(OURS.toString()), Challenges.complete(List.of(), OURS));
    assertEquals(List.of(OURS.toString()), Challenges.complete(List.of("", "@@@;;\""), OURS));
  }

  @Test
  void whatIsThereWinsAndWhatNobodyKnowsIsKept() {
    Challenge existing =
        Challenge.parse(
            "BEARER Error_Description=\"Theirs\", X-Trace=\"1\", SCOPE=\"a\", error=\"invalid_token\", claims=\"e30\"");

    assertEquals(
        "Bearer error=\"invalid_token\", scope=\"a\", resource_metadata=\""
            + URL
            + "\", X-Trace=\"1\", claims=\"e30\", error_description=\"Theirs\"",
        existing.completedWith(OURS).toString());
  }

  @Test
  void C34_theOrderIsTheCanonicalOneWhateverItWas() {
    Challenge shuffled =
        Challenge.parse(
            "Bearer error_uri=\"https://h/e\", error_description=\"d\", x=\"y\", max_age=\"5\","
                + " acr_values=\"gold\", resource_metadata=\"https://h/x\", scope=\"s\","
                + " error=\"insufficient_user_authentication\", realm=\"mcp\"");

    assertEquals(
        "Bearer realm=\"mcp\", error=\"insufficient_user_authentication\", scope=\"s\","
            + " resource_metadata=\"https://h/x\", acr_values=\"gold\", max_age=\"5\", x=\"y\","
            + " error_description=\"d\", error_uri=\"https://h/e\"",
        shuffled.completedWith(OURS).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/.well-known/oauth-protected-resource",
        "mcp.example.com/prm",
        "//mcp.example.com/prm",
        "http://mcp.example.com/prm",
        "https:///prm",
        "https://user:secret@mcp.example.com/prm",
        "https://mcp.example.com/prm#fragment",
        "https://mcp.example.com/p rm",
        "https",
        "undefined/.well-known/oauth-protected-resource",
        "javascript:alert(1)"
      })
  void aMetadataUrlThatNoClientCanUseIsReplaced(String unusable) {
    Challenge existing = Challenge.of("Bearer").with("resource_metadata", unusable);

    assertEquals(URL, existing.completedWith(OURS).param("resource_metadata").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example/prm",
        "HTTPS://mcp.example.com/prm?x=y",
        "http://localhost:8080/prm",
        "http://127.0.0.1/prm",
        "http://[::1]:1234/prm"
      })
  void aMetadataUrlThatClientsCanUseStays(String usable) {
    Challenge existing = Challenge.of("Bearer").with("resource_metadata", usable);

    assertEquals(usable, existing.completedWith(OURS).param("resource_metadata").orElseThrow());
  }

  @Test
  void anUnusableMetadataUrlStaysIfThereIsNoBetterOne() {
    Challenge existing = Challenge.parse("Bearer resource_metadata=\"/prm\"");

    assertEquals(
        "Bearer scope=\"a\", resource_metadata=\"/prm\"",
        existing.completedWith(Challenge.parse("Bearer scope=\"a\"")).toString());
  }

  @Test
  void C37_emptyValuesCountAsMissing() {
    Challenge existing = Challenge.parse("Bearer realm=\"\", scope=\"\", error=\"\"");

    assertEquals(OURS, existing.completedWith(OURS));
  }

  @Test
  void aSentenceAboutAnotherErrorIsNotTaken() {
    Challenge existing = Challenge.parse("Bearer error=\"insufficient_scope\", scope=\"admin\"");

    assertEquals(
        "Bearer error=\"insufficient_scope\", scope=\"admin\", resource_metadata=\"" + URL + "\"",
        existing.completedWith(OURS).toString());
  }

  @Test
  void anErrorPageOfAnotherErrorIsNotTakenButOneOfTheSameErrorIs() {
    Challenge page = OURS.with("error_uri", "https://h/invalid_token");

    assertEquals(
        Optional.empty(),
        Challenge.parse("Bearer error=\"insufficient_scope\"")
            .completedWith(page)
            .param("error_uri"));
    for (String existing :
        List.of("Bearer error=\"invalid_token\"", "Bearer error=\"\"", "Bearer")) {
      assertEquals(
          Optional.of("https://h/invalid_token"),
          Challenge.parse(existing).completedWith(page).param("error_uri"));
    }
  }

  @Test
  void onlyARealmLosesItsPlace() {
    Challenge existing =
        Challenge.parse("Bearer error=\"x,y\", realm=\"plain words\", scope=\"a=b\"");

    assertTrue(
        existing
            .completedWith(OURS)
            .toString()
            .startsWith(
                "Bearer realm=\"plain words\", error=\"x,y\", scope=\"a=b\", resource_metadata="));
    for (String realm : List.of("=x", ",x", "\\\"x", "\\\\x")) {
      assertTrue(
          Challenge.parse("Bearer realm=\"" + realm + "\"")
              .completedWith(OURS)
              .toString()
              .startsWith("Bearer error="),
          realm);
    }
  }

  @Test
  void nothingToAddChangesNothing() {
    Challenge existing = Challenge.parse("Bearer scope=\"a\", realm=\"x\"");

    assertEquals(existing.toString(), existing.completedWith(Challenge.of("Bearer")).toString());
  }

  @Test
  void aRealmThatClientsMightSearchInStandsBehindWhatTheySearchFor() {
    Challenge existing =
        Challenge.parse("Bearer realm=\"x resource_metadata=https://evil.example scope=admin\"");

    String completed = existing.completedWith(OURS).toString();

    assertTrue(
        completed.startsWith("Bearer error=\"invalid_token\", scope=\"mcp:read\""), completed);
    assertTrue(completed.indexOf(URL) < completed.indexOf("evil"), completed);
  }

  @Test
  void aToken68CannotBeCompleted() {
    Challenge token68 = Challenge.parse("Bearer abc=");

    assertEquals(OURS, token68.completedWith(OURS));
    assertEquals(token68, token68.completedWith(Challenge.of("Bearer")));
    assertEquals(OURS, OURS.completedWith(token68));
  }

  @Test
  void differentSchemesAreNotMixed() {
    Challenge basic = Challenge.parse("Basic realm=\"x\"");

    assertThrows(IllegalArgumentException.class, () -> basic.completedWith(OURS));
  }

  @Test
  void completingTwiceChangesNothing() {
    Challenge once = Challenge.parse("Bearer realm=\"x\", a=\"b\"").completedWith(OURS);

    assertEquals(once.toString(), once.completedWith(OURS).toString());
  }

  @Test
  void beyondTheLimitsOursIsSentAlone() {
    Challenge large = Challenge.parse("Bearer realm=\"" + "x".repeat(8100) + "\"");
    ChallengeBuilder many = Challenge.builder("Bearer");
    for (int i = 0; i < Challenges.MAX_PARAMS; i++) {
      many.param("p" + i, "x");
    }

    assertEquals(OURS, large.completedWith(OURS));
    assertEquals(OURS, many.build().completedWith(OURS));
  }

  @Test
  void C14_C25_C26_everyLineCanBeSent() {
    List<String> lines =
        Challenges.complete(
            List.of("Bearer realm=\"caf\u00e9\u0000\r\nX: y\"", "Basic realm=\"\u00ff\""), OURS);

    for (String line : lines) {
      assertEquals(line, new FieldLine("WWW-Authenticate", line).value());
    }
    assertEquals("Basic realm=\"?\"", lines.get(1));
    assertTrue(lines.get(0).contains("realm=\"caf?   X: y\""), lines.get(0));
  }
}
