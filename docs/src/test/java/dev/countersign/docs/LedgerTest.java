package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/requirements.md} and {@code docs/ledger.md} with the tests of all modules;
 * with {@code -Ddocs.write=true} both are written first.
 */
class LedgerTest {

  private static final String WRITE = "docs.write";
  private static final String HOW = "to write the pages: mvn -pl docs test -D" + WRITE + "=true";

  private static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path REQUIREMENTS = DOCS.resolve("requirements.md");
  private static final Path LEDGER = DOCS.resolve("ledger.md");

  private static SortedSet<TestMethod> idle;
  private static Ledger ledger;

  @BeforeAll
  static void readAndMaybeWrite() throws IOException {
    TestSources tests = TestSources.read(DOCS.getParent());
    idle = tests.idle();
    ledger = new Ledger(RequirementsPage.parse(Files.readString(REQUIREMENTS)), tests.run());
    if (Boolean.getBoolean(WRITE)) {
      ledger = write(ledger, tests.run());
    }
  }

  private static Ledger write(Ledger stale, SortedSet<TestMethod> tests) throws IOException {
    stale.heldWithoutTest().forEach(change -> System.out.println(change + ": now open"));
    stale.testedWithoutMark().forEach(change -> System.out.println(change + ": now held"));
    Files.writeString(REQUIREMENTS, stale.page().withRows(stale::corrected));
    Ledger fresh = new Ledger(RequirementsPage.parse(Files.readString(REQUIREMENTS)), tests);
    Files.writeString(LEDGER, LedgerPage.of(fresh));
    return fresh;
  }

  @Test
  void hasEveryRowOfEveryGroup() {
    Map<String, Integer> expected = new LinkedHashMap<>();
    String letters = "CPSMTJIDXUHNZLKOE";
    int[] sizes = {39, 19, 37, 84, 21, 52, 16, 42, 8, 27, 35, 16, 10, 13, 14, 16, 12};
    Map<String, Integer> actual = new LinkedHashMap<>();
    for (int i = 0; i < letters.length(); i++) {
      expected.put(letters.substring(i, i + 1), sizes[i]);
    }
    ledger.page().groups().keySet().forEach(group -> actual.put(group, numbered(group)));

    assertEquals(expected, actual);
    assertEquals(461, ledger.page().rows().size());
  }

  // Rows are numbered from 01 without a gap; otherwise -1, which no group expects.
  private static int numbered(String group) {
    List<Requirement> rows = ledger.page().rowsOf(group);
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).id().equals(String.format("%s%02d", group, i + 1))) {
        return -1;
      }
    }
    return rows.size();
  }

  @Test
  void everyRowMarkedHeldHasATest() {
    assertNone(ledger.heldWithoutTest(), HOW);
  }

  @Test
  void everyRowWithATestIsMarkedHeld() {
    assertNone(ledger.testedWithoutMark(), HOW);
  }

  @Test
  void everyIdInANameExists() {
    assertNone(ledger.unknown(), "docs/requirements.md lists what exists");
  }

  @Test
  void everyTestWithAnIdIsRun() {
    assertNone(
        idle.stream()
            .filter(test -> !test.ids().isEmpty())
            .map(test -> test.label() + " is run by no build (" + test.path() + ")")
            .toList(),
        "its class is not named FooTest or FooIT, lacks @Nested, or is extended by no such class");
  }

  private static void assertNone(List<String> problems, String hint) {
    assertTrue(problems.isEmpty(), () -> String.join("\n", problems) + "\n" + hint);
  }

  @Test
  void ledgerIsWhatTheTestsSay() throws IOException {
    List<String> committed = Files.exists(LEDGER) ? Files.readAllLines(LEDGER) : List.of();
    List<String> expected = LedgerPage.of(ledger).lines().toList();
    int same = 0;
    while (same < Math.min(committed.size(), expected.size())
        && committed.get(same).equals(expected.get(same))) {
      same++;
    }

    int line = same + 1;
    assertTrue(
        same == expected.size() && same == committed.size(),
        () -> "docs/ledger.md is not what the tests say, from line " + line + "\n" + HOW);
  }
}
