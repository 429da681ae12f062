package dev.countersign.benchmarks;

import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints one table. The arguments are those of JMH ({@code -h} lists them);
 * without any, the whole takes a few minutes.
 */
public final class Benchmarks {

  private Benchmarks() {}

  /**
   * Runs and prints.
   *
   * @param args arguments of JMH, a regular expression for names for instance
   * @throws IOException if the help cannot be printed
   * @throws RunnerException if JMH cannot run
   * @throws CommandLineOptionException if an argument is none of JMH
   */
  public static void main(String[] args)
      throws IOException, RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(args);
    if (given.shouldHelp()) {
      given.showHelp();
      return;
    }
    System.out.println(table(new OptionsBuilder().parent(given)));
  }

  /**
   * The table of a run with these options; what they leave open is one fork and ten seconds each.
   */
  static String table(ChainedOptionsBuilder options) throws RunnerException {
    var parent = options.build();
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(parent)
                    .forks(parent.getForkCount().orElse(1))
                    .warmupIterations(parent.getWarmupIterations().orElse(5))
                    .warmupTime(parent.getWarmupTime().orElse(TimeValue.seconds(1)))
                    .measurementIterations(parent.getMeasurementIterations().orElse(5))
                    .measurementTime(parent.getMeasurementTime().orElse(TimeValue.seconds(1)))
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuTimeProfiler.class)
                    .build())
            .run();
    return RatioTable.of(results);
  }
}
