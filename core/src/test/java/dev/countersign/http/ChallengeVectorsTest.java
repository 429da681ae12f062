package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code vectors/challenges.txt} and {@code vectors/lenient.txt}. */
class ChallengeVectorsTest {

  record Strict(String input, String result, String reason) {}

  record Lenient(String input, String challenges, String findings, String reason) {}

  static Stream<Strict> strict() {
    return Vectors.read("challenges.txt", 3).stream().map(c -> new Strict(c[0], c[1], c[2]));
  }

  static Stream<Lenient> lenient() {
    return Vectors.read("lenient.txt", 4).stream().map(c -> new Lenient(c[0], c[1], c[2], c[3]));
  }

  @ParameterizedTest
  @MethodSource("strict")
  void P01_P02_P03_P04_P05_P06_P07_P08_P09_P10_P11_P13_P14_P15_strictVectors(Strict vector) {
    List<String> lines = Vectors.fieldLines(vector.input());

    assertEquals(Vectors.unescaped(vector.result()), outcome(lines), vector.reason());
  }

  private static String outcome(List<String> lines) {
    try {
      return Vectors.canonical(Challenges.parse(lines));
    } catch (ChallengeSyntaxException e) {
      return e.code() + "@" + e.position();
    }
  }

  @ParameterizedTest
  @MethodSource("strict")
  void theReferenceParserAgreesOnEveryVector(Strict vector) {
    String text = String.join(", ", Vectors.fieldLines(vector.input()));
    text = text.replaceAll("\r(?=\n[ \t])|\n(?=[ \t])", " ");
    Optional<List<ReferenceParser.Parsed>> expected = ReferenceParser.parse(text);

    boolean accepted = !vector.result().matches("[A-Z_0-9]+@\\d+");

    assertEquals(expected.isPresent(), accepted, vector.reason());
    if (accepted) {
      assertEquals(
          expected.get(), Challenges.parse(text).stream().map(ReferenceParser::parts).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("strict")
  void theLenientParserFindsWhatTheStrictOneFinds(Strict vector) {
    List<String> lines = Vectors.fieldLines(vector.input());
    boolean accepted = !vector.result().matches("[A-Z_0-9]+@\\d+");

    Challenges.Lenient lenient = Challenges.parseLenient(lines);

    if (accepted && !vector.input().contains("'a'")) {
      assertEquals(Challenges.parse(lines), lenient.challenges(), vector.reason());
    } else if (!accepted) {
      assertTrue(!lenient.findings().isEmpty(), vector.reason());
    }
  }

  @ParameterizedTest
  @MethodSource("lenient")
  void P11_P12_lenientVectors(Lenient vector) {
    Challenges.Lenient lenient = Challenges.parseLenient(Vectors.fieldLines(vector.input()));

    assertEquals(
        Vectors.unescaped(vector.challenges()),
        Vectors.canonical(lenient.challenges()),
        vector.reason());
    assertEquals(
        vector.findings(),
        lenient.findings().stream()
            .map(finding -> finding.code() + "@" + finding.position())
            .collect(Collectors.joining(" ")),
        vector.reason());
  }
}
