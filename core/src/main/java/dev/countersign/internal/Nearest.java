package dev.countersign.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** What somebody may have meant by a name that there is not. */
public final class Nearest {

  private static final int MOST_WRONG = 3;

  private Nearest() {}

  /**
   * The known name with the smallest Levenshtein distance.
   *
   * @param name the name that there is not
   * @param known those that there are; a star at the end of one stands for any text
   * @return the first of the nearest; empty if none is known
   */
  public static String of(String name, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt(one -> distance(one, name))).orElse("");
  }

  /**
   * Whether somebody is likely to have meant a known name: at most three characters are wrong, and
   * no more than half of them.
   *
   * @param name the name that there is not
   * @param known the nearest one
   * @return whether to suggest it
   */
  public static boolean isNear(String name, String known) {
    int distance = distance(known, name);
    return distance <= MOST_WRONG && 2 * distance <= name.length();
  }

  private static int distance(String known, String name) {
    boolean open = known.endsWith("*");
    String front = open ? known.substring(0, known.length() - 1) : known;
    int[] row = row(front, name);
    return open ? Arrays.stream(row).min().orElse(0) : row[name.length()];
  }

  /** The distances from a text to all beginnings of a name. */
  private static int[] row(String a, String b) {
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
    return row;
  }
}
