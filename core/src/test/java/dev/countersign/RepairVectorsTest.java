package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.Mode;
import dev.countersign.http.ChallengeLint;
import dev.countersign.http.Finding;
import dev.countersign.http.LintCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code vectors/repairs.txt}: what applications write, and what leaves instead. */
class RepairVectorsTest {

  private static final Pattern HEX = Pattern.compile("\\{([0-9A-F]{2})}");

  /** What cannot be put right without taking away what another scheme needs. */
  private static final Set<LintCode> STAYS =
      EnumSet.of(
          LintCode.NO_BEARER,
          LintCode.FOREIGN_ERROR,
          LintCode.UNREGISTERED_ERROR,
          LintCode.MISSING_ERROR);

  record Row(int status, String sent, List<String> before, List<String> after, String reason) {

    MemoryExchange request() {
      MemoryExchange request =
          MemoryExchange.of("POST", sent.equals("query") ? "/mcp?access_token=x" : "/mcp");
      return switch (sent) {
        case "token" -> request.bearer("secret");
        case "basic" -> request.field("Authorization", "Basic eDp5");
        default -> request;
      };
    }

    boolean isLeftAlone() {
      return after.equals(before);
    }

    @Override
    public String toString() {
      return status + " " + sent + " " + before + ": " + reason;
    }
  }

  static Stream<Row> rows() throws IOException {
    try (InputStream in = RepairVectorsTest.class.getResourceAsStream("/vectors/repairs.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(RepairVectorsTest::row);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split(" ## ", -1);
    assertEquals(5, cells.length, line);
    List<String> before = lines(cells[2]);
    List<String> after = cells[3].equals("=") ? before : lines(cells[3]);
    return new Row(Integer.parseInt(cells[0]), cells[1], before, after, cells[4]);
  }

  private static List<String> lines(String cell) {
    if (cell.equals("-")) {
      return List.of();
    }
    String text =
        cell.replace("{U}", "resource_metadata=\"" + Engines.METADATA + '"')
            .replace(
                "{D}",
                description(
                    "The access token is expired or revoked or malformed or"
                        + " not meant for this resource"))
            .replace("{S}", description("The request needs more scope than the access token has"));
    return Stream.of(text.split("\\{//}", -1)).map(RepairVectorsTest::unescaped).toList();
  }

  private static String description(String sentence) {
    return "error_description=\"" + sentence + '"';
  }

  private static String unescaped(String text) {
    return HEX.matcher(text)
        .replaceAll(
            hex ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void C30_S36_putsTheFieldRight(Row row) {
    MemoryHead head = MemoryHead.of(row.status(), row.before());

    engine(config -> config.mode(Mode.REPAIR)).complete(row.request(), head);

    assertEquals(row.after(), head.challenges());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void leavesNothingForTheLinter(Row row) {
    ChallengeLint lint =
        row.sent().equals("none") || row.sent().equals("basic")
            ? ChallengeLint.withoutToken("https://mcp.example")
            : ChallengeLint.withToken("https://mcp.example");
    Set<LintCode> left =
        row.isLeftAlone() && !row.after().toString().contains("scope=")
            ? Set.of()
            : lint.check(row.after()).stream()
                .map(Finding::code)
                .filter(code -> !STAYS.contains(code))
                .filter(code -> row.status() != 400 || code != LintCode.MISSING_SCOPE)
                .collect(Collectors.toSet());

    assertEquals(Set.of(), left);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasNothingToDoTheSecondTime(Row row) {
    MemoryHead head = MemoryHead.of(row.status(), row.after());

    engine(config -> config.mode(Mode.REPAIR)).complete(row.request(), head);

    assertEquals(row.after(), head.challenges());
    assertEquals(0, head.writes);
  }
}
