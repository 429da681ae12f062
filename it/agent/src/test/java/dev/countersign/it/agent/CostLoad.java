package dev.countersign.it.agent;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * What one request costs a server in several variants, the first of which is the measure of the
 * others. All of them run at the same time, warmed up, and are loaded in turns in short rounds:
 * what else the machine does meets all of them, and each round is compared with those beside it.
 * Server and client have a processor each, where the operating system can do that. Because
 * compilers do not come to the same end in every JVM, all of it is done with new JVMs several
 * times.
 */
final class CostLoad {

  private static final int CONNECTIONS = 4;
  private static final long SEED = 17;

  /** How the request is made that a server gets again and again. */
  @FunctionalInterface
  interface RequestFor {
    byte[] server(URI server) throws IOException;
  }

  private record Round(double perSecond, double cpuMicros) {}

  /** One variant in one group: the running JVM, and what was measured of it. */
  private record Loaded(CostServer server, CostClient client, List<Round> rounds) {}

  private final ServerProgram program;
  private final Map<String, List<String>> variants;
  private final RequestFor request;
  private final int times;
  private final CostPlan plan;
  private final Processors processors;
  private final Map<String, List<List<Round>>> rounds = new LinkedHashMap<>();

  /**
   * A measurement.
   *
   * @param variants the flags of each
   * @param times requests on each connection in a round
   */
  CostLoad(
      ServerProgram program,
      Map<String, List<String>> variants,
      RequestFor request,
      int times,
      CostPlan plan,
      Processors processors) {
    this.program = program;
    this.variants = variants;
    this.request = request;
    this.times = times;
    this.plan = plan;
    this.processors = processors;
  }

  void run() throws IOException {
    processors.keep(ProcessHandle.current(), 1);
    try {
      for (int group = 0; group < plan.groups(); group++) {
        measure(new Random(SEED + group));
      }
    } finally {
      processors.release(ProcessHandle.current());
    }
  }

  private void measure(Random random) throws IOException {
    List<Loaded> running = new ArrayList<>();
    try {
      for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
        Loaded loaded = start(variant.getValue());
        running.add(loaded);
        rounds.computeIfAbsent(variant.getKey(), name -> new ArrayList<>()).add(loaded.rounds());
      }
      for (int sent = 0; sent < plan.warmUp(); sent += times * CONNECTIONS) {
        inTurns(running, random);
      }
      running.forEach(loaded -> loaded.rounds().clear());
      long begin = System.nanoTime();
      for (int done = 0; plan.goesOn(done, System.nanoTime() - begin); done++) {
        inTurns(running, random);
      }
    } finally {
      for (Loaded loaded : running) {
        loaded.client().close();
        loaded.server().close();
      }
    }
  }

  private void inTurns(List<Loaded> running, Random random) throws IOException {
    List<Loaded> order = new ArrayList<>(running);
    Collections.shuffle(order, random);
    for (Loaded loaded : order) {
      loaded.rounds().add(round(loaded));
    }
  }

  private Loaded start(List<String> flags) throws IOException {
    CostServer server = CostServer.start(program, flags, processors);
    try {
      CostClient client = new CostClient(server.uri(), request.server(server.uri()), CONNECTIONS);
      processors.keep(server.process(), 0);
      return new Loaded(server, client, new ArrayList<>());
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private Round round(Loaded loaded) throws IOException {
    Map<Integer, Long> before = loaded.server().cpu();
    long begin = System.nanoTime();
    loaded.client().send(times);
    double seconds = (System.nanoTime() - begin) / 1e9;
    long cpu = CostServer.between(before, loaded.server().cpu());
    double count = (double) times * CONNECTIONS;
    return new Round(count / seconds, cpu / 1e3 / count);
  }

  /**
   * The table.
   *
   * @param title what the server does
   */
  void print(String title) {
    System.out.println(
        "\n| "
            + title
            + " | requests/s | throughput, 95 % interval | CPU µs | throughput per CPU, 95 %"
            + " interval |");
    System.out.println("|---|---:|---:|---:|---:|");
    String base = variants.keySet().iterator().next();
    for (String name : variants.keySet()) {
      boolean measure = name.equals(base);
      System.out.printf(
          "| %s | %.0f | %s | %.1f | %s |%n",
          name,
          median(name, Round::perSecond),
          measure ? "" : ratios(name, base, Round::perSecond),
          median(name, Round::cpuMicros),
          measure ? "" : ratios(base, name, Round::cpuMicros));
    }
  }

  private Ratios ratios(String over, String under, ToDoubleFunction<Round> value) {
    List<double[]> groups = new ArrayList<>();
    for (int group = 0; group < plan.groups(); group++) {
      groups.add(ratios(of(over).get(group), of(under).get(group), value));
    }
    return Ratios.of(groups);
  }

  private static double[] ratios(
      List<Round> over, List<Round> under, ToDoubleFunction<Round> value) {
    double[] ratios = new double[over.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(over.get(i)) / value.applyAsDouble(under.get(i));
    }
    return ratios;
  }

  private double median(String name, ToDoubleFunction<Round> value) {
    return Ratios.median(of(name).stream().flatMap(List::stream).mapToDouble(value).toArray());
  }

  // By group.
  private List<List<Round>> of(String name) {
    return rounds.getOrDefault(name, List.of());
  }
}
