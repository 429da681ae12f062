package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.conformance.Level;
import dev.countersign.conformance.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One row of the table in docs/conformance.md, which says what came of the suite. */
public final class ConformanceRow {

  private static final Path PAGE = Path.of("..", "..", "docs", "conformance.md");

  private ConformanceRow() {}

  /**
   * Holds that every rule that was tried is kept, and that the page says so.
   *
   * @param report what came of the suite; its name begins the row
   * @throws IOException if the page cannot be read or written
   */
  public static void check(Report report) throws IOException {
    assertEquals(Map.of(), report.broken());
    String row = row(report);
    if (Boolean.getBoolean("docs.write")) {
      String begin = "(?m)^\\| " + Pattern.quote(report.name()) + " \\|.*$";
      String page = Files.readString(PAGE);
      Files.writeString(PAGE, page.replaceAll(begin, Matcher.quoteReplacement(row)));
    }
    assertTrue(
        Files.readString(PAGE).contains(row + "\n"), () -> "docs/conformance.md has no row " + row);
  }

  private static String row(Report report) {
    return "| "
        + report.name()
        + " | "
        + count(report, Level.MUST)
        + " | "
        + count(report, Level.SHOULD)
        + " | "
        + report.untried()
        + " |";
  }

  private static String count(Report report, Level level) {
    return report.kept(level) + " of " + report.tried(level);
  }
}
