package dev.countersign.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/requirements.md}, read. Immutable.
 *
 * @param lines the whole page
 * @param groups title of each group by its letter, in the order of the page
 * @param rows every row by its ID, in the order of the page
 * @param attacks the attack catalogue by prefix, in the order of the page
 */
record RequirementsPage(
    List<String> lines,
    Map<String, String> groups,
    Map<String, Requirement> rows,
    Map<String, AttackGroup> attacks) {

  /**
   * A part of the attack catalogue.
   *
   * @param prefix two letters
   * @param rows how many rows it has, numbered from one
   * @param about what they have in common
   */
  record AttackGroup(String prefix, int rows, String about) {

    /** Whether there is a row of this number. */
    boolean has(String number) {
      return number.matches("[1-9]\\d?") && Integer.parseInt(number) <= rows;
    }
  }

  private static final Pattern HEADING = Pattern.compile("## ([A-Z])\\. (.+)");
  private static final Pattern ATTACKS =
      Pattern.compile("\\| ([A-Z]{2}) \\| (\\d+) \\| ([^|]+) \\|");

  static RequirementsPage parse(String text) {
    Map<String, String> groups = new LinkedHashMap<>();
    Map<String, Requirement> rows = new LinkedHashMap<>();
    Map<String, AttackGroup> attacks = new LinkedHashMap<>();
    String group = "";
    for (String line : text.lines().toList()) {
      Matcher heading = HEADING.matcher(line);
      Matcher attack = ATTACKS.matcher(line);
      if (heading.matches()) {
        group = heading.group(1);
        groups.put(group, heading.group(2));
      } else if (Requirement.looksLikeRow(line)) {
        add(Requirement.parse(line), group, rows);
      } else if (attack.matches()) {
        int count = Integer.parseInt(attack.group(2));
        attacks.put(attack.group(1), new AttackGroup(attack.group(1), count, attack.group(3)));
      }
    }
    return new RequirementsPage(text.lines().toList(), groups, rows, attacks);
  }

  private static void add(Requirement row, String group, Map<String, Requirement> rows) {
    if (!row.group().equals(group)) {
      throw new IllegalArgumentException(row.id() + " stands under group " + group);
    }
    if (rows.put(row.id(), row) != null) {
      throw new IllegalArgumentException(row.id() + " occurs twice");
    }
  }

  List<Requirement> rowsOf(String group) {
    return rows.values().stream().filter(row -> row.group().equals(group)).toList();
  }

  /** The text of the page with some rows changed; every other line stays as it is. */
  String withRows(UnaryOperator<Requirement> change) {
    List<String> changed = new ArrayList<>();
    for (String line : lines) {
      boolean row = Requirement.looksLikeRow(line);
      changed.add(row ? change.apply(Requirement.parse(line)).line() : line);
    }
    return String.join("\n", changed) + "\n";
  }
}
