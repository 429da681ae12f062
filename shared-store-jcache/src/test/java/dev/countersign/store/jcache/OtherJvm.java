package dev.countersign.store.jcache;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with a {@link Node} of the same cluster. */
final class OtherJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;
  private final String greeting;

  /**
   * Starts it, and waits until it is there.
   *
   * @param arguments what {@link Node#main} is given
   */
  OtherJvm(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
    greeting = answers.readLine();
  }

  /** How many members it sees. */
  String greeting() {
    return greeting;
  }

  String ask(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    return answers.readLine();
  }

  /** Ends it without a goodbye. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      orders.close();
    } finally {
      process.destroy();
    }
  }
}
