package dev.countersign.it.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where processes run, by the command {@code taskset} of Linux. Without that command, or with one
 * processor only, the operating system decides, and nothing here does anything.
 */
final class Processors {

  private static final int COUNT = Runtime.getRuntime().availableProcessors();
  private static final String ALL = "0-" + (COUNT - 1);

  private final boolean chosen;

  Processors() throws IOException {
    this.chosen = COUNT > 1 && run("taskset", "-c", ALL, "true");
  }

  /** Whether a process stays where it is put. */
  boolean areChosen() {
    return chosen;
  }

  /** A command that may use all processors, wherever this process is. */
  List<String> free(List<String> command) {
    List<String> free = new ArrayList<>(chosen ? List.of("taskset", "-c", ALL) : List.of());
    free.addAll(command);
    return free;
  }

  /** Keeps a running process on one processor. */
  void keep(ProcessHandle process, int processor) throws IOException {
    move(process, Integer.toString(processor));
  }

  /** Lets a process go anywhere again. */
  void release(ProcessHandle process) throws IOException {
    move(process, ALL);
  }

  private void move(ProcessHandle process, String to) throws IOException {
    if (chosen && !run("taskset", "-a", "-c", "-p", to, Long.toString(process.pid()))) {
      throw new IOException("the process cannot be kept on processor " + to);
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      // There is no such command.
      return false;
    }
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
