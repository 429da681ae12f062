package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerRulesTest {

  private static final String PAGE =
      """
      # Requirements

      ## C. Building

      | ID | Level | Meaning | Status |
      |---|---|---|---|
      | C01 | MUST | One. | held |
      | C02 | MUST NOT | Two. | open: mcp |

      ## S. Status codes

      | ID | Level | Meaning | Status |
      |---|---|---|---|
      | S01 | kit | Three. | n/a: rule for others |

      ## Attacks and faults

      | Prefix | Rows | About |
      |---|---|---|
      | CL | 58 | claims |
      """;

  @Test
  void isContentWhenMarksAndTestsAgree() {
    Ledger ledger = ledger("C01_a", "CL5_b", "CL5_CL58_c", "G07_d", "RS256_e", "plain");

    assertEquals(List.of(), ledger.heldWithoutTest());
    assertEquals(List.of(), ledger.testedWithoutMark());
    assertEquals(List.of(), ledger.unknown());
    assertEquals(2, ledger.attacksHeld("CL"));
    assertEquals(PAGE, ledger.page().withRows(ledger::corrected));
  }

  @Test
  void findsAHeldRowWithoutTest() {
    Ledger ledger = ledger("plain");

    assertEquals(List.of("C01 is marked \"held\", but no test names it"), ledger.heldWithoutTest());
    assertEquals(
        PAGE.replace("One. | held", "One. | open"), ledger.page().withRows(ledger::corrected));
  }

  @Test
  void findsAnOpenRowWithATest() {
    Ledger ledger = ledger("C01_a", "C02_b", "S01_C02_c");

    assertEquals(
        List.of(
            "C02 is marked \"open: mcp\", but held by XTest.C02_b, XTest.S01_C02_c",
            "S01 is marked \"n/a: rule for others\", but held by XTest.S01_C02_c"),
        ledger.testedWithoutMark());
    assertEquals(
        PAGE.replace("open: mcp", "held").replace("n/a: rule for others", "held"),
        ledger.page().withRows(ledger::corrected));
  }

  @Test
  void findsIdsThatDoNotExist() {
    Ledger ledger =
        ledger("C01_a", "C03_b", "C1_c", "C001_d", "S256_e", "CL59_f", "CL0_g", "CL05_h");

    assertEquals(
        List.of("C001", "C03", "C1", "CL05", "CL0", "CL59", "S256"),
        ledger.unknown().stream()
            .map(line -> line.replaceFirst(".* names ([^,]+),.*", "$1"))
            .toList());
    assertTrue(ledger.unknown().get(1).contains("(core/src/test/java/XTest.java)"));
  }

  @Test
  void showsTestsOrTheStatusInstead() {
    String text = LedgerPage.of(ledger("C01_a", "C01_b", "CL5_c"));

    assertContains("| C. Building | 2 | 1 | 1 | 0 | 1 of 2 |", text);
    assertContains("| **All** | 3 | 1 | 1 | 1 | 1 of 2 |", text);
    assertContains("| CL | claims | 58 | 1 |", text);
    assertContains(
        "| C01 | MUST | One. | [`XTest.C01_a`](../core/src/test/java/XTest.java)<br>[`XTest.C01_b`]",
        text);
    assertContains("| C02 | MUST NOT | Two. | open: mcp |", text);
    assertContains("| S01 | kit | Three. | n/a: rule for others |", text);
  }

  @Test
  void refusesABrokenPage() {
    assertRefused("expected \"| ID", "| MUST | One.", "| One.");
    assertRefused("C01: level \"must\"", "MUST | One", "must | One");
    assertRefused("C01: status \"done\"", "One. | held", "One. | done");
    assertRefused("C02: status \"open: later\"", "open: mcp", "open: later");
    assertRefused("C01 occurs twice", "C02", "C01");
    assertRefused("S01 stands under group C", "## S. Status codes", "");
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), () -> part + "\nis not in\n" + text);
  }

  private static void assertRefused(String message, String target, String replacement) {
    String broken = PAGE.replace(target, replacement);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> RequirementsPage.parse(broken));
    assertTrue(thrown.getMessage().startsWith(message), thrown.getMessage());
  }

  private static Ledger ledger(String... names) {
    List<TestMethod> tests =
        Stream.of(names)
            .map(name -> new TestMethod("XTest", name, "core/src/test/java/XTest.java"))
            .toList();
    return new Ledger(RequirementsPage.parse(PAGE), new TreeSet<>(tests));
  }
}
