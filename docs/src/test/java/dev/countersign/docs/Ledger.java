package dev.countersign.docs;

import dev.countersign.docs.RequirementsPage.AttackGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which test holds which row. Not thread-safe.
 *
 * <p>An ID of one letter that is a group of the page names a requirement and must exist. An ID of
 * two letters that is a prefix of the attack catalogue names one of its rows and must exist. Every
 * other prefix is none of the ledger's business.
 */
final class Ledger {

  private final RequirementsPage page;
  private final Map<String, SortedSet<TestMethod>> tests = new TreeMap<>();
  private final Map<String, Set<String>> attacks = new TreeMap<>();
  private final List<String> unknown = new ArrayList<>();

  Ledger(RequirementsPage page, SortedSet<TestMethod> testMethods) {
    this.page = page;
    for (TestMethod test : testMethods) {
      test.ids().forEach(id -> enter(id, test));
    }
  }

  private void enter(String id, TestMethod test) {
    String prefix = id.replaceFirst("\\d+", "");
    AttackGroup attackGroup = page.attacks().get(prefix);
    if (page.rows().containsKey(id)) {
      tests.computeIfAbsent(id, key -> new TreeSet<>()).add(test);
    } else if (attackGroup != null && attackGroup.has(id.substring(prefix.length()))) {
      attacks.computeIfAbsent(prefix, key -> new TreeSet<>()).add(id);
    } else if (attackGroup != null || page.groups().containsKey(prefix)) {
      unknown.add(test.label() + " names " + id + ", which does not exist (" + test.path() + ")");
    }
  }

  RequirementsPage page() {
    return page;
  }

  SortedSet<TestMethod> testsOf(String id) {
    return tests.getOrDefault(id, new TreeSet<>());
  }

  /** How many rows of an attack group at least one test names. */
  int attacksHeld(String prefix) {
    return attacks.getOrDefault(prefix, Set.of()).size();
  }

  /** IDs in names of tests that the page does not have. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  /** Rows marked as held that no test names. */
  List<String> heldWithoutTest() {
    return page.rows().values().stream()
        .filter(row -> row.held() && testsOf(row.id()).isEmpty())
        .map(row -> row.id() + " is marked \"held\", but no test names it")
        .toList();
  }

  /** Rows not marked as held that a test names. */
  List<String> testedWithoutMark() {
    return page.rows().values().stream()
        .filter(row -> !row.held() && !testsOf(row.id()).isEmpty())
        .map(row -> row.id() + " is marked \"" + row.status() + "\", but held by " + labels(row))
        .toList();
  }

  private String labels(Requirement row) {
    return String.join(", ", testsOf(row.id()).stream().map(TestMethod::label).toList());
  }

  /** The row with the status that the tests give it. */
  Requirement corrected(Requirement row) {
    if (!testsOf(row.id()).isEmpty()) {
      return row.with(Requirement.HELD);
    }
    return row.held() ? row.with(Requirement.OPEN) : row;
  }
}
