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
 */
record Change(String field, List<String> before, List<String> after, Set<LintCode> faults) {

  static Change of(String field, List<String> before, String after) {
    return new Change(field, before, List.of(after), Set.of());
  }

  boolean changes() {
    return !after.equals(before);
  }
}
