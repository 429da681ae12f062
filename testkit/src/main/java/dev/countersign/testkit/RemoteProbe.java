package dev.countersign.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The {@link ProbeApplication} of a server in another process, which runs {@link ProbeProcess}.
 * Used by one test at a time.
 */
public final class RemoteProbe implements Observed, AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final URI uri;

  private RemoteProbe(Process process) throws IOException {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = process.outputWriter(StandardCharsets.US_ASCII);
    this.uri = URI.create(answer());
  }

  /**
   * Waits until the process says where its server listens.
   *
   * @param process a process whose standard input and output are pipes; it is ended by {@link
   *     #close}
   * @return its application
   * @throws IOException if the process ends instead
   */
  public static RemoteProbe of(Process process) throws IOException {
    try {
      return new RemoteProbe(process);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Where the server listens.
   *
   * @return scheme, host and port
   */
  public URI uri() {
    return uri;
  }

  private String answer() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(ProbeProcess.PREFIX)) {
        return line.substring(ProbeProcess.PREFIX.length());
      }
    }
    throw new IOException("the process of the server has ended");
  }

  private synchronized String ask(String command) {
    try {
      in.write(command + "\n");
      in.flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int invocations() {
    return seen().size();
  }

  @Override
  public List<ProbeApplication.Seen> seen() {
    List<?> seen = (List<?>) member(StrictJson.object(ask("seen")), "seen");
    return seen.stream().map(one -> read((Map<?, ?>) one)).toList();
  }

  private static ProbeApplication.Seen read(Map<?, ?> one) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    ((Map<?, ?>) member(one, "fields"))
        .forEach(
            (name, values) ->
                fields.put(
                    (String) name, ((List<?>) values).stream().map(String::valueOf).toList()));
    return new ProbeApplication.Seen(
        (String) member(one, "method"),
        (String) member(one, "path"),
        Optional.ofNullable((String) one.get("user")),
        (String) member(one, "body"),
        fields);
  }

  private static Object member(Map<?, ?> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  @Override
  public void clear() {
    ask("clear");
  }

  @Override
  public void releaseStream() {
    ask("release");
  }

  /** Ends the process. */
  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
