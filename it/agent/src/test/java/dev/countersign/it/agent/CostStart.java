package dev.countersign.it.agent;

import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long a server takes until it listens, in several variants, in turns: the time on the wall,
 * and the CPU time of the threads that it waits for, which tells the same on a machine that does
 * other things as well. The second half of the variants uses an archive of the application's
 * classes.
 */
final class CostStart {

  private static final int STARTS = 11;
  private static final long SEED = 3;
  private static final String ARCHIVED = ", AppCDS";

  private record Start(double wall, double cpu) {}

  private final ServerProgram program;
  private final Processors processors;
  private final Map<String, List<String>> variants = new LinkedHashMap<>();
  private final Map<String, List<Start>> starts = new LinkedHashMap<>();

  /**
   * A measurement.
   *
   * @param plain the flags of each variant; the first one is the measure of the others
   */
  CostStart(ServerProgram program, Map<String, List<String>> plain, Processors processors)
      throws IOException {
    this.program = program;
    this.processors = processors;
    variants.putAll(plain);
    String archive = archive();
    for (Map.Entry<String, List<String>> variant : plain.entrySet()) {
      List<String> flags = new ArrayList<>(variant.getValue());
      flags.add(archive);
      variants.put(variant.getKey() + ARCHIVED, flags);
    }
  }

  // The flag that uses what a run without agents leaves behind: with one, nothing is archived.
  private String archive() throws IOException {
    Path file = Path.of("target", "server.jsa").toAbsolutePath();
    try (CostServer server =
        CostServer.start(program, List.of("-XX:ArchiveClassesAtExit=" + file), processors)) {
      RawHttp.exchange(server.uri(), RawRequest.of("GET", "/"));
    }
    return "-XX:SharedArchiveFile=" + file;
  }

  void run() throws IOException {
    Random random = new Random(SEED);
    List<String> order = new ArrayList<>(variants.keySet());
    // The first of each reads files that the operating system does not have yet.
    for (int i = -1; i < STARTS; i++) {
      Collections.shuffle(order, random);
      for (String name : order) {
        Start start = start(variants.getOrDefault(name, List.of()));
        if (i >= 0) {
          starts.computeIfAbsent(name, all -> new ArrayList<>()).add(start);
        }
      }
    }
  }

  private Start start(List<String> flags) throws IOException {
    long begin = System.nanoTime();
    try (CostServer server = CostServer.start(program, flags, processors)) {
      double wall = (System.nanoTime() - begin) / 1e6;
      return new Start(wall, server.startCpu() / 1e6);
    }
  }

  void print() {
    System.out.println(
        "\n| start until it listens, median of " + STARTS + " | ms | more | CPU ms | more |");
    System.out.println("|---|---:|---:|---:|---:|");
    String base = variants.keySet().iterator().next();
    for (String name : variants.keySet()) {
      String measure = name.endsWith(ARCHIVED) ? base + ARCHIVED : base;
      double wall = wall(name);
      double cpu = cpu(name);
      System.out.printf(
          "| %s | %.0f | %+.0f | %.0f | %+.0f |%n",
          name, wall, wall - wall(measure), cpu, cpu - cpu(measure));
    }
  }

  private double wall(String name) {
    return Ratios.median(of(name).stream().mapToDouble(Start::wall).toArray());
  }

  private double cpu(String name) {
    return Ratios.median(of(name).stream().mapToDouble(Start::cpu).toArray());
  }

  private List<Start> of(String name) {
    return starts.getOrDefault(name, List.of());
  }
}
