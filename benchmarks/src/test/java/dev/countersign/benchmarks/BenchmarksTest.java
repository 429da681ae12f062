package dev.countersign.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.Challenge;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksTest {

  @Test
  void printsOneTable() throws RunnerException {
    String table =
        Benchmarks.table(
            new OptionsBuilder()
                .verbosity(VerboseMode.SILENT)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1)));

    assertTrue(table.startsWith("JDK "), table);
    for (String row :
        new String[] {
          "scan", "plainRecursive", "okHttp", "httpClient5", "nimbus", "jose4j", "mapHit"
        }) {
      assertTrue(table.contains("  " + row), table);
    }
    assertEquals(7, table.split("  countersign ", -1).length - 1, table);
  }

  @Test
  void everybodyReadsAndWritesTheSame() {
    ParseBenchmark parse = new ParseBenchmark();
    PrintBenchmark print = new PrintBenchmark();
    Challenge ours = parse.countersign().get(0);

    assertEquals(Sample.FIELD, print.countersign());
    assertEquals(Sample.FIELD, print.concatenation());
    assertEquals(Sample.FIELD, ours.toString());
    assertEquals(ours.params(), without(parse.plainRecursive(), "scheme"));
    assertEquals(ours.params(), parse.okHttp().get(0).authParams());
  }

  private static Object without(Object params, String name) {
    ((java.util.Map<?, ?>) params).remove(name);
    return params;
  }
}
