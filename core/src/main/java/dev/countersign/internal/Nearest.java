package dev.countersign.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** What somebody may have meant by a name that there is not. */
public final class Nearest {

  private Nearest() {}

  /**
   * The known name with the smallest Levenshtein distance.
   *
   * @param name the name that there is not
   * @param known those that there are
   * @return the first of the nearest; empty if none is known
   */
  public static String of(String name, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt(one -> distance(one, name))).orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
