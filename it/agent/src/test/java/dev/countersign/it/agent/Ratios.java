package dev.countersign.it.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The middle of ratios that were measured in several groups, and how far it can be trusted: rounds
 * differ by what else the machine did, and groups, each of JVMs of its own, by what their compilers
 * have made of the same code. Immutable.
 *
 * @param median of all
 * @param low the lower end of the 95 % confidence interval of the median
 * @param high its upper end
 */
record Ratios(double median, double low, double high) {

  private static final int RESAMPLES = 4000;
  private static final long SEED = 42;

  /**
   * Bootstraps: groups are drawn with replacement, and rounds within each of them.
   *
   * @param groups the ratios of each group, at least one
   */
  static Ratios of(List<double[]> groups) {
    Random random = new Random(SEED);
    double[] medians = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double[] drawn =
          random
              .ints(groups.size(), 0, groups.size())
              .mapToObj(groups::get)
              .flatMapToDouble(
                  group -> random.ints(group.length, 0, group.length).mapToDouble(n -> group[n]))
              .toArray();
      medians[i] = median(drawn);
    }
    Arrays.sort(medians);
    double all = median(groups.stream().flatMapToDouble(Arrays::stream).toArray());
    return new Ratios(all, medians[RESAMPLES / 40], medians[RESAMPLES - 1 - RESAMPLES / 40]);
  }

  /** The median; of an even number of values, the middle between the two. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** As a table has it: per cent, with the interval. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f %% (%.1f to %.1f)", 100 * median, 100 * low, 100 * high);
  }
}
