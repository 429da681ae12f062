package dev.countersign.sample.agentwebflux;

import dev.countersign.ResourceServer;
import dev.countersign.agent.Agent;
import dev.countersign.testkit.FakeAuthorizationServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server in a JVM of its own, with the flag.
 *
 * @param process the JVM
 * @param uri where it listens
 */
record GuardedServer(Process process, URI uri) implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("started on port (\\d+)");

  static GuardedServer start(String resource, String issuer) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-javaagent:" + origin(Agent.class) + "=config=" + settings(resource, issuer),
            "-cp",
            classPath(),
            CalculatorServer.class.getName(),
            "--server.port=0");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      return new GuardedServer(process, URI.create("http://localhost:" + port(process)));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  // Those of the sample, but for the two addresses.
  private static Path settings(String resource, String issuer) throws IOException {
    Properties settings = new Properties();
    try (var in = Files.newBufferedReader(Path.of("countersign.properties"))) {
      settings.load(in);
    }
    settings.setProperty("resource", resource);
    settings.setProperty("authorization-servers", issuer);
    Path file = Files.createTempFile(Path.of("target"), "settings", ".properties");
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    return file;
  }

  // That of this JVM, without anything of Countersign.
  private static String classPath() {
    String own =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<Path> left =
        Stream.of(Agent.class, FakeAuthorizationServer.class, ResourceServer.class)
            .map(GuardedServer::origin)
            .toList();
    return Stream.of(own.split(File.pathSeparator))
        .filter(entry -> !left.contains(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String port(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder all = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return started.group(1);
      }
      all.append(line).append('\n');
    }
    throw new IOException("the server has not started:\n" + all);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
