package dev.countersign.it.agent;

import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server in a JVM of its own, whose CPU time can be read. */
final class CostServer implements AutoCloseable {

  private final Process process;
  private final RemoteProbe probe;

  private CostServer(Process process) throws IOException {
    this.process = process;
    this.probe = RemoteProbe.of(process);
  }

  /**
   * Starts one and waits until it listens.
   *
   * @param program the server
   * @param flags of the JVM
   * @param processors where it may run: everywhere
   */
  static CostServer start(ServerProgram program, List<String> flags, Processors processors)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(GuardedJvm.java());
    command.addAll(flags);
    command.addAll(List.of("-cp", program.classPath(), program.mainClass()));
    return new CostServer(
        new ProcessBuilder(processors.free(command))
            .redirectError(GuardedJvm.log("cost").toFile())
            .start());
  }

  URI uri() {
    return probe.uri();
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /**
   * The CPU time that each thread has used. On Linux it is exact, but threads that have ended are
   * not there any more; elsewhere it is one number for all.
   *
   * @return ns by the number of the thread
   */
  Map<Integer, Long> cpu() throws IOException {
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    if (!Files.isDirectory(tasks)) {
      return Map.of(0, process.info().totalCpuDuration().orElseThrow().toNanos());
    }
    Map<Integer, Long> nanos = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        read(thread, nanos);
      }
    }
    return nanos;
  }

  private static void read(Path thread, Map<Integer, Long> nanos) throws IOException {
    try {
      String used = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
      nanos.put(Integer.valueOf(thread.getFileName().toString()), Long.valueOf(used));
    } catch (IOException e) {
      if (Files.exists(thread)) {
        throw e;
      }
      // It has just ended.
    }
  }

  /** The CPU time between two readings, ns. */
  static long between(Map<Integer, Long> before, Map<Integer, Long> after) {
    return after.entrySet().stream()
        .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
        .sum();
  }

  /** The CPU time of the threads that an application's start waits for, ns. */
  long startCpu() throws IOException {
    // The first thread makes the JVM, and the second one runs main.
    return cpu().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(2)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public void close() throws IOException {
    probe.close();
  }
}
