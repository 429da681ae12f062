package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.ChallengeSyntaxException.Code;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChallengesTest {

  @Test
  void P08_severalLinesAreOneLineJoined() {
    List<String> lines = List.of("Bearer scope=\"a\"", "DPoP algs=\"ES256\"", "Basic realm=\"x\"");

    assertEquals(Challenges.parse(String.join(", ", lines)), Challenges.parse(lines));
    assertEquals(3, Challenges.parse(lines).size());
    assertEquals(List.of(), Challenges.parse(List.of()));
  }

  @Test
  void P14_twoChallengesOfOneSchemeAreTwo() {
    assertEquals(
        List.of("a", "b"),
        Challenges.parse("Basic realm=\"a\", Basic realm=\"b\"").stream()
            .map(challenge -> challenge.param("realm").orElseThrow())
            .toList());
  }

  @Test
  void P12_duplicatesAreAnErrorForOneParserAndAFindingForTheOther() {
    String line = "Bearer scope=\"a\", scope=\"b\"";

    assertEquals(Code.DUPLICATE_PARAM, refusal(line).code());
    Challenges.Lenient lenient = Challenges.parseLenient(line);
    assertEquals(List.of(Challenge.parse("Bearer scope=\"a\"")), lenient.challenges());
    assertEquals(List.of(new Finding(LintCode.DUPLICATE_PARAM, 18, "scope")), lenient.findings());
  }

  @Test
  void P16_limitsAreInclusive() {
    String longest = "Bearer a=\"" + "x".repeat(Challenges.MAX_LENGTH - 11) + "\"";
    String challenges = schemes(Challenges.MAX_CHALLENGES);
    String params = "Bearer " + params(Challenges.MAX_PARAMS);

    assertEquals(1, Challenges.parse(longest).size());
    assertEquals(Challenges.MAX_CHALLENGES, Challenges.parse(challenges).size());
    assertEquals(Challenges.MAX_PARAMS, Challenge.parse(params).params().size());
  }

  @Test
  void P16_beyondTheLimitsIsATypedError() {
    assertEquals(Code.TOO_LONG, refusal(" ".repeat(Challenges.MAX_LENGTH + 1)).code());
    assertEquals(Code.TOO_MANY_CHALLENGES, refusal(schemes(17)).code());
    assertEquals(Code.TOO_MANY_PARAMS, refusal("Bearer " + params(33)).code());
  }

  @Test
  void P16_theLenientParserReadsAllThatIsWithinTheLimits() {
    String longest = "Foo a=\"" + "x".repeat(Challenges.MAX_LENGTH - 8) + "\"";

    for (String line : List.of(longest, schemes(16), "Foo " + params(32))) {
      assertEquals(Challenges.parse(line), Challenges.parseLenient(line).challenges());
      assertEquals(List.of(), Challenges.parseLenient(line).findings());
    }
  }

  @Test
  void P16_theLenientParserReadsUpToTheLimits() {
    Challenges.Lenient tooLong =
        Challenges.parseLenient("Bearer a=\"b\", " + " ".repeat(Challenges.MAX_LENGTH) + "c=\"d\"");
    Challenges.Lenient tooMany = Challenges.parseLenient(schemes(17));
    Challenges.Lenient tooManyParams = Challenges.parseLenient("Bearer " + params(33));

    assertEquals(List.of(Challenge.parse("Bearer a=\"b\"")), tooLong.challenges());
    assertEquals(16, tooMany.challenges().size());
    assertEquals(32, tooManyParams.challenges().get(0).params().size());
    for (Challenges.Lenient lenient : List.of(tooLong, tooMany, tooManyParams)) {
      assertTrue(lenient.findings().stream().anyMatch(f -> f.code() == LintCode.TRUNCATED));
    }
  }

  @Test
  void resultsCannotBeChanged() {
    List<Challenge> challenges = Challenges.parse("Basic");

    assertThrows(UnsupportedOperationException.class, () -> challenges.add(Challenge.of("x")));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Challenges.parseLenient("Basic").challenges().clear());
    assertThrows(
        UnsupportedOperationException.class,
        () -> Challenges.complete(List.of(), Challenge.of("x")).add("y"));
  }

  private static String schemes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "S" + i).collect(Collectors.joining(", "));
  }

  private static String params(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "p" + i + "=\"x\"")
        .collect(Collectors.joining(", "));
  }

  private static ChallengeSyntaxException refusal(String line) {
    return assertThrows(ChallengeSyntaxException.class, () -> Challenges.parse(line));
  }
}
