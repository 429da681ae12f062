package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages point to exists. */
class PagesTest {

  private static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path SETTINGS =
      DOCS.resolveSibling("core/src/main/java/dev/countersign/config/Setting.java");

  private static final Path DENIALS =
      DOCS.resolveSibling("core/src/main/java/dev/countersign/oauth/Denial.java");

  // The constants of an enum, as the formatter lays them out.
  private static final Pattern CONSTANT = Pattern.compile("(?m)^  ([A-Z][A-Z_]*)\\(");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern SETTING_PARAGRAPH =
      Pattern.compile("\\*\\*Setting\\.\\*\\*(.+?)(?=\\n\\n|\\z)", Pattern.DOTALL);

  // A key, or key=value, in backticks.
  private static final Pattern KEY = Pattern.compile("`([a-z][a-z.*-]*)(=[^`]*)?`");

  @Test
  void everyRelativeLinkLeadsToAFile() throws IOException {
    TreeSet<String> broken = new TreeSet<>();
    try (Stream<Path> pages = Files.list(DOCS)) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        for (String target : groups(LINK, Files.readString(page))) {
          if (!Files.exists(DOCS.resolve(target))) {
            broken.add(page.getFileName() + " links to " + target);
          }
        }
      }
    }

    assertEquals(new TreeSet<>(), broken);
  }

  @Test
  void everySettingOfTheTroubleshootingPageExists() throws IOException {
    String table = Files.readString(SETTINGS);
    String paragraphs =
        String.join(
            "\n", groups(SETTING_PARAGRAPH, Files.readString(DOCS.resolve("troubleshooting.md"))));
    List<String> mentioned = groups(KEY, paragraphs);

    assertFalse(mentioned.isEmpty());
    assertEquals(
        List.of(), mentioned.stream().filter(key -> !table.contains("\"" + key + "\"")).toList());
  }

  @Test
  void everyReasonForARefusalHasAnEntryOnTheTroubleshootingPage() throws IOException {
    List<String> reasons = groups(CONSTANT, Files.readString(DENIALS));
    List<String> entries =
        List.of(Files.readString(DOCS.resolve("troubleshooting.md")).split("(?m)^##+ ")).stream()
            .filter(entry -> entry.contains("**Cause.**"))
            .toList();

    assertTrue(reasons.contains("NO_CREDENTIALS"), reasons::toString);
    assertEquals(
        List.of(),
        reasons.stream()
            .filter(reason -> entries.stream().noneMatch(one -> one.contains("`" + reason + "`")))
            .toList());
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toList());
  }
}
