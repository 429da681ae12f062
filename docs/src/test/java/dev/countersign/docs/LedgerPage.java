package dev.countersign.docs;

import java.util.List;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** The text of {@code docs/ledger.md}. The same tests give the same text. */
final class LedgerPage {

  private static final String HEAD =
      """
      # Ledger

      Which test holds which row of [requirements.md](requirements.md). Generated from the names of the
      tests by `mvn -pl docs test -Ddocs.write=true`; the build fails when it is stale. A row
      without a test shows its status instead.

      """;

  private final Ledger ledger;
  private final StringJoiner text = new StringJoiner("\n", HEAD, "\n");

  private LedgerPage(Ledger ledger) {
    this.ledger = ledger;
  }

  static String of(Ledger ledger) {
    LedgerPage page = new LedgerPage(ledger);
    page.summary();
    page.attacks();
    ledger.page().groups().keySet().forEach(page::group);
    return page.text.toString();
  }

  private void summary() {
    table("Group", "Rows", "Held", "Open", "N/a", "MUST and MUST NOT held");
    ledger
        .page()
        .groups()
        .forEach((letter, title) -> counts(letter + ". " + title, ledger.page().rowsOf(letter)));
    counts("**All**", List.copyOf(ledger.page().rows().values()));
  }

  private void counts(String title, List<Requirement> rows) {
    long held = count(rows, Requirement::held);
    long none = count(rows, Requirement::notApplicable);
    long must = count(rows, Requirement::obligatory);
    long mustHeld = count(rows, row -> row.obligatory() && row.held());
    row(title, rows.size(), held, rows.size() - held - none, none, mustHeld + " of " + must);
  }

  private static long count(List<Requirement> rows, Predicate<Requirement> which) {
    return rows.stream().filter(which).count();
  }

  private void attacks() {
    text.add("").add("## Attack rows held").add("");
    table("Prefix", "About", "Rows", "Held");
    ledger
        .page()
        .attacks()
        .values()
        .forEach(
            attack ->
                row(
                    attack.prefix(),
                    attack.about(),
                    attack.rows(),
                    ledger.attacksHeld(attack.prefix())));
  }

  private void group(String letter) {
    text.add("").add("## " + letter + ". " + ledger.page().groups().get(letter)).add("");
    table("ID", "Level", "Meaning", "Tests");
    for (Requirement row : ledger.page().rowsOf(letter)) {
      SortedSet<TestMethod> tests = ledger.testsOf(row.id());
      String cell = tests.isEmpty() ? row.status() : links(tests);
      row(row.id(), row.level(), row.meaning(), cell);
    }
  }

  private static String links(SortedSet<TestMethod> tests) {
    return String.join(
        "<br>",
        tests.stream().map(test -> "[`" + test.label() + "`](../" + test.path() + ")").toList());
  }

  private void table(Object... titles) {
    row(titles);
    text.add("|" + "---|".repeat(titles.length));
  }

  private void row(Object... cells) {
    StringJoiner line = new StringJoiner(" | ", "| ", " |");
    for (Object cell : cells) {
      line.add(cell.toString());
    }
    text.add(line.toString());
  }
}
