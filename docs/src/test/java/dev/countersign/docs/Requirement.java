package dev.countersign.docs;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of {@code docs/requirements.md}. Immutable.
 *
 * @param id a letter, which is the group, and two digits
 * @param level the word of the source
 * @param meaning one line
 * @param status {@code held}, {@code open}, {@code open: part} or {@code n/a: reason}
 */
record Requirement(String id, String level, String meaning, String status) {

  static final String HELD = "held";
  static final String OPEN = "open";

  private static final Set<String> LEVELS =
      Set.of("MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "de facto", "kit");

  // row = "| " id " | " level " | " meaning " | " status " |"
  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]\\d\\d) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern STATUS =
      Pattern.compile("held|open|open: (tokens|agent|mcp|doctor)|n/a: \\S.*");

  /** Checks level and status. */
  Requirement {
    if (!LEVELS.contains(level)) {
      throw new IllegalArgumentException(id + ": level \"" + level + "\" is none of " + LEVELS);
    }
    if (!STATUS.matcher(status).matches()) {
      throw new IllegalArgumentException(
          id + ": status \"" + status + "\" does not match " + STATUS.pattern());
    }
  }

  /** Whether a line of the page is a row of this table, well-formed or not. */
  static boolean looksLikeRow(String line) {
    return line.matches("\\| *[A-Z]\\d+ *\\|.*");
  }

  static Requirement parse(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new IllegalArgumentException(
          "expected \"| ID | Level | Meaning | Status |\" in: " + line);
    }
    return new Requirement(row.group(1), row.group(2), row.group(3), row.group(4));
  }

  String group() {
    return id.substring(0, 1);
  }

  boolean held() {
    return status.equals(HELD);
  }

  boolean notApplicable() {
    return status.startsWith("n/a");
  }

  boolean obligatory() {
    return level.startsWith("MUST");
  }

  Requirement with(String newStatus) {
    return new Requirement(id, level, meaning, newStatus);
  }

  /** The row as it stands on the page. */
  String line() {
    return "| " + id + " | " + level + " | " + meaning + " | " + status + " |";
  }
}
