package dev.countersign.testkit.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeLint;
import dev.countersign.http.Challenges;
import dev.countersign.http.Finding;
import dev.countersign.http.LintCode;
import dev.countersign.http.McpClient;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of what thirteen clients make of one challenge written in different ways. A row is what
 * is sent, what is meant, and for each client, in the order of {@link ClientParser}: {@code .}
 * understood, {@code x} URL, scope or error lost or wrong, {@code !} login given up.
 */
class ClientParserTest {

  private static final String U =
      "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";
  private static final String FIRST = "Bearer scope=\"mcp:read\", " + U;
  private static final String REFUSED =
      "Bearer error=\"invalid_token\", scope=\"mcp:read\", "
          + U
          + ", error_description=\"The access token is expired\"";

  record Row(
      String name, List<String> lines, String meant, String expected, Set<LintCode> findings) {

    static Row of(String name, String line, String meant, String expected, LintCode... findings) {
      return new Row(name, List.of(line), meant, expected, Set.of(findings));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        //                                              ts py ge mr in c# vs sp rm ze go ru th
        Row.of("canonical first answer", FIRST, FIRST, ". . . . . . . . . . . . ."),
        Row.of("canonical refusal", REFUSED, REFUSED, ". . . . . . . . . . . . ."),
        Row.of(
            "canonical step-up",
            REFUSED.replace("invalid_token", "insufficient_scope"),
            REFUSED.replace("invalid_token", "insufficient_scope"),
            ". . . . . . . . . . . . ."),
        Row.of(
            "realm word first",
            REFUSED.replace("Bearer ", "Bearer realm=\"mcp\", "),
            REFUSED,
            ". . . . . . . . . . . . ."),
        new Row(
            "second line DPoP with algs only",
            List.of(REFUSED, "DPoP algs=\"ES256\""),
            REFUSED,
            ". . . . . . . . . . . . .",
            Set.of()),
        Row.of(
            "no space after the comma",
            REFUSED.replace(", ", ","),
            REFUSED,
            ". . . . . . . . . . . . ."),
        Row.of("trailing comma", REFUSED + ",", REFUSED, ". . . . . . . . . . . . ."),
        Row.of(
            "tab after the comma",
            REFUSED.replace(", ", ",\t"),
            REFUSED,
            ". . . . . . . . . . . . ."),
        Row.of(
            "unquoted resource_metadata",
            FIRST.replace(U, U.replace("\"", "")),
            FIRST,
            ". . x x . . . . . . . . .",
            LintCode.UNQUOTED_VALUE),
        Row.of(
            "single quotes",
            FIRST.replace('"', '\''),
            FIRST,
            "x x x x x x x x x x x x x",
            LintCode.SINGLE_QUOTES),
        Row.of(
            "capitalised names",
            FIRST.replace("scope", "Scope").replace("resource_metadata", "Resource_Metadata"),
            FIRST,
            "x x x x . . x x . . . . x",
            LintCode.NAME_CASE),
        Row.of(
            "scheme in lower case",
            FIRST.replace("Bearer", "bearer"),
            FIRST,
            ". . . . . . x . . . . . !",
            LintCode.SCHEME_CASE),
        Row.of(
            "blanks around the equals sign",
            FIRST.replace("=\"", " = \""),
            FIRST,
            "x x x x x . x . x . ! . x",
            LintCode.BLANKS_AROUND_EQUALS),
        Row.of(
            "two spaces after the scheme",
            FIRST.replace("Bearer ", "Bearer  "),
            FIRST,
            "x . . . . . . . . . . . .",
            LintCode.SPACES_AFTER_SCHEME),
        Row.of(
            "description before scope, containing scope=",
            described("needs scope=admin"),
            described("needs scope=admin"),
            "x x . . . . . . x . . . .",
            LintCode.BAIT_IN_VALUE),
        Row.of(
            "description before scope, containing a comma and scope=",
            described("needs more, scope=admin"),
            described("needs more, scope=admin"),
            "x x . . . x . . x . . . ."),
        Row.of(
            "quoted pair in a description before the URL",
            described("needs \\\"more\\\" rights"),
            described("needs \\\"more\\\" rights"),
            ". . . . . . . x . . . . .",
            LintCode.QUOTED_PAIR),
        Row.of(
            "quoted pair in a description placed last",
            FIRST + ", error_description=\"needs \\\"more\\\" rights\"",
            FIRST,
            ". . . . . . . . . . . . ."),
        Row.of(
            "empty scope",
            FIRST.replace("mcp:read", ""),
            "Bearer " + U,
            "x x . . . . . . . . ! . .",
            LintCode.EMPTY_VALUE),
        Row.of(
            "missing commas",
            REFUSED.replace("\", ", "\" "),
            REFUSED,
            ". . . . . x x x . . ! . .",
            LintCode.MISSING_COMMA),
        Row.of(
            "semicolons",
            REFUSED.replace("\", ", "\"; "),
            REFUSED,
            ". . . . . x x x . x ! x .",
            LintCode.SEMICOLON),
        Row.of(
            "Basic first",
            "Basic realm=\"x\", " + FIRST,
            FIRST,
            "x . . . . . . . . x . . !",
            LintCode.BEARER_NOT_FIRST),
        Row.of(
            "Negotiate first",
            "Negotiate, " + FIRST,
            FIRST,
            "x . . . . . . . . x . . !",
            LintCode.BEARER_NOT_FIRST),
        Row.of(
            "Basic after Bearer",
            REFUSED + ", Basic realm=\"x\"",
            REFUSED,
            ". . . . . . . . . . . . ."),
        Row.of(
            "DPoP with error first",
            "DPoP algs=\"ES256\", error=\"use_dpop_nonce\", " + FIRST,
            FIRST,
            "x x . x . . . . x x . . !"),
        Row.of(
            "DPoP with error after Bearer",
            FIRST + ", DPoP algs=\"ES256\", error=\"use_dpop_nonce\"",
            FIRST,
            "x x . x x . . . x x . . x",
            LintCode.FOREIGN_ERROR),
        Row.of(
            "bare Bearer, then ours",
            "Bearer, " + FIRST,
            FIRST,
            "x . . . . . . . . x . . .",
            LintCode.BARE_BEARER,
            LintCode.SEVERAL_BEARER),
        Row.of(
            "Bearer with realm, then ours",
            "Bearer realm=\"x\", " + FIRST,
            FIRST,
            ". . . . . . . x . x . x .",
            LintCode.SEVERAL_BEARER),
        Row.of(
            "a framework's Bearer, then ours",
            "Bearer error=\"invalid_token\", scope=\"openid\", "
                + FIRST
                + ", error=\"invalid_token\"",
            FIRST + ", error=\"invalid_token\"",
            "x x . . . x x x x x x x .",
            LintCode.SEVERAL_BEARER),
        Row.of(
            "ours, then a framework's Bearer",
            REFUSED + ", Bearer error=\"invalid_token\", scope=\"openid\"",
            REFUSED,
            ". . . x x . . . . x . . .",
            LintCode.SEVERAL_BEARER),
        Row.of(
            "extension whose name ends in scope before it",
            FIRST.replace("Bearer ", "Bearer x_scope=\"admin\", "),
            FIRST,
            "x x . . . . . . x . . . .",
            LintCode.BAIT_IN_NAME),
        Row.of(
            "scope twice",
            FIRST
                .replace("Bearer ", "Bearer scope=\"mcp:read\", ")
                .replace("mcp:read\", r", "b\", r"),
            FIRST,
            ". . . x x . x x . x x x .",
            LintCode.DUPLICATE_PARAM));
  }

  private static String described(String description) {
    return "Bearer error_description=\"" + description + "\", scope=\"mcp:read\", " + U;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyClientReadsEveryRowAsTheTableSays(Row row) {
    Challenge meant = Challenge.parse(row.meant());
    StringBuilder actual = new StringBuilder();
    for (ClientParser parser : ClientParser.values()) {
      boolean aborted = parser.read(row.lines()).aborted();
      boolean understood = parser.understands(row.lines(), meant);
      actual.append(actual.isEmpty() ? "" : " ").append(aborted ? "!" : understood ? "." : "x");
    }

    assertEquals(row.expected(), actual.toString());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theLinterFindsTheReasonOfEveryRow(Row row) {
    Set<LintCode> found =
        ChallengeLint.withToken("https://mcp.example.com").check(row.lines()).stream()
            .map(Finding::code)
            .collect(Collectors.toSet());

    assertTrue(found.containsAll(row.findings()), found::toString);
  }

  /** What the linter says about a code is what the clients do with the rows of that code. */
  @Test
  void theLinterNamesExactlyTheClientsThatSuffer() {
    Map<LintCode, Set<McpClient>> suffering = new EnumMap<>(LintCode.class);
    rows()
        .forEach(
            row ->
                row.findings()
                    .forEach(
                        code ->
                            suffering
                                .computeIfAbsent(code, key -> EnumSet.noneOf(McpClient.class))
                                .addAll(clientsThatFail(row))));

    suffering.forEach((code, clients) -> assertEquals(clients, code.hurts(), code.name()));
  }

  private static Set<McpClient> clientsThatFail(Row row) {
    Challenge meant = Challenge.parse(row.meant());
    return Stream.of(ClientParser.values())
        .filter(parser -> !parser.understands(row.lines(), meant))
        .map(ClientParser::client)
        .collect(Collectors.toSet());
  }

  /**
   * Whatever the field was, once it is completed every client reads it; but for the error of a
   * foreign challenge, which is kept and cannot be hidden from clients that search.
   */
  @ParameterizedTest
  @MethodSource("rows")
  void CH3_everyClientUnderstandsTheCompletedField(Row row) {
    BearerChallenge ours =
        BearerChallenge.builder()
            .scope("mcp:read")
            .resourceMetadata("https://mcp.example.com/.well-known/oauth-protected-resource/mcp")
            .build();

    List<String> lines = Challenges.complete(row.lines(), ours.challenge());
    Challenge first = Challenge.parse(lines.get(0));

    for (ClientParser parser : ClientParser.values()) {
      if (!row.name().startsWith("DPoP with error")) {
        assertTrue(parser.understands(lines, first), parser + " of " + lines);
      }
    }
  }

  @Test
  void thereIsOneParserForEachClientAndInItsOrder() {
    assertEquals(
        List.of(McpClient.values()),
        Stream.of(ClientParser.values()).map(ClientParser::client).toList());
  }

  @ParameterizedTest
  @EnumSource(ClientParser.class)
  void nothingIsReadFromNothing(ClientParser parser) {
    assertEquals(Optional.empty(), parser.read(List.of()).resourceMetadata());
    assertEquals(Optional.empty(), parser.read(List.of("")).scope());
    assertFalse(parser.read(List.of()).aborted());
  }

  @ParameterizedTest
  @EnumSource(ClientParser.class)
  void everyClientReadsTheUrl(ClientParser parser) {
    ClientReading reading = parser.read(List.of(REFUSED));

    assertEquals(
        Optional.of("https://mcp.example.com/.well-known/oauth-protected-resource/mcp"),
        reading.resourceMetadata());
    assertTrue(reading.scope().isEmpty() || reading.scope().get().equals("mcp:read"));
    assertTrue(reading.error().isEmpty() || reading.error().get().equals("invalid_token"));
  }
}
