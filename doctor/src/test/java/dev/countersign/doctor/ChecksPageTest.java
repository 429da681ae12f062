package dev.countersign.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.doctor.check.CheckId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in docs/doctor.md is what the checks are. */
class ChecksPageTest {

  private static final Path PAGE = Path.of("..", "docs", "doctor.md");
  private static final String BEGIN = "<!-- checks: generated -->\n";
  private static final String END = "<!-- checks: end -->\n";

  private static String table() {
    return Arrays.stream(CheckId.values())
        .map(
            check ->
                "| "
                    + check
                    + " | "
                    + check.title()
                    + " | "
                    + check.part().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + " | "
                    + String.join(", ", check.requirements())
                    + " |\n")
        .collect(
            Collectors.joining(
                "",
                "| Check | What is so when nothing is wrong | Part | Rules |\n|---|---|---|---|\n",
                ""));
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    String page = Files.readString(PAGE);
    String written =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, written);
    }
    assertEquals(written, Files.readString(PAGE));
  }
}
