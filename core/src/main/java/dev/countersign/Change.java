package dev.countersign;

import dev.countersign.http.LintCode;
import java.util.List;
import java.util.Set;

/**
 * What to do with one field of a response.
 *
 * @param field the name of the field
 * @param before its lines
 * @param after the lines that take their place
 * @param faults what was wrong with it and is not any more
 * @param shownBefore the lines before, as they may be printed
 * @param shownAfter the lines after, as they may be printed
 */
record Change(
    String field,
    List<String> before,
    List<String> after,
    Set<LintCode> faults,
    List<String> shownBefore,
    List<String> shownAfter) {

  static Change of(String field, List<String> before, List<String> after) {
    return of(field, before, after, Set.of(), List.of());
  }

  /** With what must not be printed, whatever it looks like. */
  static Change of(
      String field,
      List<String> before,
      List<String> after,
      Set<LintCode> faults,
      List<String> secrets) {
    return new Change(
        field, before, after, faults, Redaction.of(before, secrets), Redaction.of(after, secrets));
  }

  boolean changes() {
    return !after.equals(before);
  }
}
