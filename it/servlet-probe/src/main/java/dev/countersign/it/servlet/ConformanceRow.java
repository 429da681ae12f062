package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.conformance.Level;
import dev.countersign.conformance.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One row of the table in docs/conformance.md, which says what came of the suite. */
final class ConformanceRow {

  private static final Path PAGE = Path.of("..", "..", "docs", "conformance.md");

  private ConformanceRow() {}

  static void check(String attachment, Report report) throws IOException {
    assertEquals(report.summary(), report.text(false));
    String row = row(attachment, report);
    if (Boolean.getBoolean("docs.write")) {
      String page = Files.readString(PAGE);
      Files.writeString(
          PAGE, page.replaceAll("(?m)^\\| " + attachment + " \\|.*$", row.replace("$", "\\$")));
    }
    assertTrue(
        Files.readString(PAGE).contains(row + "\n"), () -> "docs/conformance.md has no row " + row);
  }

  private static String row(String attachment, Report report) {
    return "| "
        + attachment
        + " | "
        + count(report, Level.MUST)
        + " | "
        + count(report, Level.SHOULD)
        + " |";
  }

  private static String count(Report report, Level level) {
    return report.kept(level) + " of " + report.tried(level);
  }
}
