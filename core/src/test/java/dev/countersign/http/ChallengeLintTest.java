package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code vectors/lint.txt}. */
class ChallengeLintTest {

  record Fixture(String code, boolean tokenSent, String field, String reason) {

    List<Finding> findings() {
      ChallengeLint lint =
          tokenSent
              ? ChallengeLint.withToken("https://h/mcp")
              : ChallengeLint.withoutToken("https://h");
      return lint.check(Vectors.fieldLines(expanded(field)));
    }
  }

  static Stream<Fixture> fixtures() {
    return Vectors.read("lint.txt", 4).stream()
        .map(c -> new Fixture(c[0].strip(), c[1].equals("token"), c[2], c[3]));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void P19_findsWhatIsWrong(Fixture fixture) {
    Set<LintCode> codes =
        fixture.findings().stream().map(Finding::code).collect(Collectors.toSet());

    if (fixture.code().equals("-")) {
      assertEquals(Set.of(), codes, fixture.reason());
    } else {
      assertTrue(codes.contains(LintCode.valueOf(fixture.code())), fixture.reason() + ": " + codes);
    }
  }

  @Test
  void P19_hasAFixtureForEveryCode() {
    EnumSet<LintCode> without = EnumSet.allOf(LintCode.class);
    fixtures()
        .filter(fixture -> !fixture.code().equals("-"))
        .forEach(fixture -> without.remove(LintCode.valueOf(fixture.code())));

    assertEquals(Set.of(), without);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void findingsAreInTheOrderOfTheTextAndPrintable(Fixture fixture) {
    List<Finding> findings = fixture.findings();

    for (int i = 0; i < findings.size(); i++) {
      assertTrue(findings.get(i).toString().matches("[ -~]+"), findings.get(i).toString());
      assertTrue(i == 0 || findings.get(i - 1).position() <= findings.get(i).position());
    }
  }

  @ParameterizedTest
  @EnumSource(LintCode.class)
  void everyCodeHasASentence(LintCode code) {
    assertTrue(code.sentence().matches("[A-Za-z0-9][ -~]+[^.]"), code.sentence());
  }

  @Test
  void saysWhereAndWhat() {
    List<Finding> findings =
        ChallengeLint.withoutToken("https://h")
            .check(List.of("Bearer Scope=\"a\", resource_metadata=\"https://h/x\""));

    assertEquals(List.of(new Finding(LintCode.NAME_CASE, 7, "Scope")), findings);
    assertEquals("at 7 (Scope): names should be in lower case", findings.get(0).toString());
    assertTrue(LintCode.NAME_CASE.hurts().contains(McpClient.VS_CODE));
  }

  @Test
  void positionsCountInTheJoinedLines() {
    List<Finding> findings =
        ChallengeLint.withoutToken("https://h")
            .check(
                List.of(
                    "Bearer scope=\"a\", resource_metadata=\"https://h/x\"",
                    "Basic realm=\"a, b\""));

    assertEquals(List.of(new Finding(LintCode.COMMA_IN_VALUE, 57, "realm")), findings);
  }

  @Test
  void positionsOfLinesCountInTheJoinedLines() {
    List<Finding> findings =
        ChallengeLint.withoutToken("https://h")
            .check(
                List.of(
                    "Bearer scope=\"a\", resource_metadata=\"https://h/x\"",
                    "Basic realm=\"x\",\r\n charset=\"UTF-8\", Negotiate"));

    assertEquals(
        List.of(
            new Finding(LintCode.SEVERAL_ON_ONE_LINE, 51, ""),
            new Finding(LintCode.FOLDED_LINE, 68, "")),
        findings);
  }

  @Test
  void theLengthIsThatOfTheJoinedLinesAndInclusive() {
    String bearer = "Bearer scope=\"a\", resource_metadata=\"https://h/x\"";
    String filling = "x".repeat(ChallengeLint.MAX_LENGTH - bearer.length() - 2);

    assertEquals(
        List.of(), ChallengeLint.withoutToken("https://h").check(List.of(bearer, filling)));
    assertEquals(
        List.of(new Finding(LintCode.TOO_LONG, ChallengeLint.MAX_LENGTH, "")),
        ChallengeLint.withoutToken("https://h").check(List.of(bearer, filling + "x")));
  }

  @Test
  void originsAreComparedWithoutDefaultPortAndCase() {
    for (String origin : List.of("https://mcp.example", "HTTPS://MCP.example:443/mcp")) {
      assertEquals(
          List.of(),
          ChallengeLint.withoutToken(origin)
              .check(List.of("Bearer scope=\"a\", resource_metadata=\"https://Mcp.Example/x\"")));
    }
    assertEquals(
        List.of(LintCode.RESOURCE_METADATA_FOREIGN_ORIGIN),
        ChallengeLint.withoutToken("https://h:80")
            .check(List.of("Bearer scope=\"a\", resource_metadata=\"https://h/x\""))
            .stream()
            .map(Finding::code)
            .toList());
    assertEquals(
        List.of(),
        ChallengeLint.withoutToken("http://[::1]:80")
            .check(List.of("Bearer scope=\"a\", resource_metadata=\"http://[::1]/x\"")));
  }

  @Test
  void aBadMetadataUrlIsOneFinding() {
    assertEquals(
        List.of(new Finding(LintCode.RESOURCE_METADATA_NOT_ABSOLUTE, 18, "resource_metadata")),
        ChallengeLint.withoutToken("https://h")
            .check(List.of("Bearer scope=\"a\", resource_metadata=\"/x\"")));
    assertEquals(
        List.of(LintCode.BEARER_WITH_TOKEN68),
        ChallengeLint.withoutToken("https://h").check(List.of("Bearer abc")).stream()
            .map(Finding::code)
            .toList());
  }

  @Test
  void anEmptyValueIsOneFinding() {
    assertEquals(
        List.of(new Finding(LintCode.EMPTY_VALUE, 7, "scope")),
        ChallengeLint.withoutToken("https://h")
            .check(List.of("Bearer scope=\"\", resource_metadata=\"https://h/x\"")));
  }

  @Test
  void aBareChallengeIsOneFinding() {
    assertEquals(
        List.of(new Finding(LintCode.BARE_BEARER, 0, "Bearer")),
        ChallengeLint.withToken("https://h").check(List.of("Bearer")));
  }

  @Test
  void levelsAndNamesAreForReports() {
    assertEquals(LintCode.Level.ERROR, LintCode.NO_CHALLENGE.level());
    assertEquals(LintCode.Level.INFO, LintCode.SEVERAL_ON_ONE_LINE.level());
    assertEquals("typescript-sdk", McpClient.TYPESCRIPT_SDK.toString());
    assertEquals(
        "at 0: the Bearer challenge must come first",
        new Finding(LintCode.BEARER_NOT_FIRST, 0, "").toString());
  }

  @Test
  void takesPlainHttpOnTheLoopbackForDevelopment() {
    assertEquals(
        List.of(),
        ChallengeLint.withoutToken("http://localhost:8080")
            .check(List.of("Bearer scope=\"a\", resource_metadata=\"http://localhost:8080/x\"")));
  }

  @Test
  void anOriginNeedsAHost() {
    assertThrows(IllegalArgumentException.class, () -> ChallengeLint.withToken("mcp"));
    assertThrows(IllegalArgumentException.class, () -> ChallengeLint.withoutToken("/mcp"));
  }

  @Test
  void whatTheBuilderBuildsHasNoFinding() {
    BearerChallenge challenge =
        BearerChallenge.builder()
            .realm("mcp")
            .error("invalid_token")
            .scope("a", "b")
            .resourceMetadata("https://h/x")
            .errorDescription("The access token is expired")
            .build();

    assertEquals(
        List.of(), ChallengeLint.withToken("https://h").check(List.of(challenge.toString())));
  }

  private static String expanded(String field) {
    String longest = IntStream.range(0, 1600).mapToObj(i -> "x").collect(Collectors.joining());
    return field
        .replace("{U}", "resource_metadata=\"https://h/.well-known/oauth-protected-resource/mcp\"")
        .replace("{LONG}", "x=\"" + longest + "\"")
        .replace("{SCHEMES}", numbered(17, "S%d", ", "))
        .replace("{PARAMS}", "Bearer " + numbered(33, "p%d=\"x\"", ", "))
        .replace("{SCOPES}", numbered(33, "s%d", " "))
        .replace("{32SCOPES}", numbered(32, "s%d", " "));
  }

  private static String numbered(int count, String format, String separator) {
    return IntStream.range(0, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining(separator));
  }
}
