package dev.countersign.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * Results as a table for people: what each way costs, and how many times the CPU time of ours that
 * is.
 */
final class RatioTable {

  private static final String OURS = "countersign";

  private RatioTable() {}

  static String of(Collection<RunResult> results) {
    Map<String, Map<String, RunResult>> groups = new TreeMap<>();
    for (RunResult result : results) {
      String[] name = result.getParams().getBenchmark().split("\\.");
      groups
          .computeIfAbsent(name[name.length - 2], key -> new TreeMap<>())
          .put(name[name.length - 1], result);
    }
    StringBuilder table = new StringBuilder(machine());
    groups.forEach((group, rows) -> append(table, group, rows));
    return table.toString();
  }

  private static void append(StringBuilder table, String group, Map<String, RunResult> rows) {
    table.append('\n').append(line(group, "ns/op", "error", "CPU ns/op", "B/op", "times ours"));
    RunResult ours = rows.get(OURS);
    rows.forEach(
        (name, result) -> {
          Result<?> time = result.getPrimaryResult();
          Result<?> allocation = result.getSecondaryResults().get("gc.alloc.rate.norm");
          double cpu = cpu(result);
          double ratio = ours == null ? Double.NaN : cpu / cpu(ours);
          table.append(
              line(
                  "  " + name,
                  number("%.1f", time.getScore()),
                  number("%.1f", time.getScoreError()),
                  number("%.1f", cpu),
                  allocation == null ? "-" : number("%.0f", allocation.getScore()),
                  number("%.2f", ratio)));
        });
  }

  private static double cpu(RunResult result) {
    Result<?> cpu = result.getSecondaryResults().get(CpuTimeProfiler.RESULT);
    return cpu == null ? Double.NaN : cpu.getScore();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  private static String line(String name, String... cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
    for (String cell : cells) {
      line.append(String.format(Locale.ROOT, "%12s", cell));
    }
    return line.append('\n').toString();
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "JDK %s (%s), %s %s, %d processors, %d characters%n",
        System.getProperty("java.vm.version"),
        System.getProperty("java.vm.vendor"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Sample.FIELD.length());
  }
}
