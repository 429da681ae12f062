package dev.countersign.it.agent;

import dev.countersign.agent.Agent;
import dev.countersign.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A JVM with the agent's flag. */
final class GuardedJvm {

  private GuardedJvm() {}

  /** The jar of the agent, as it is published. */
  static Path agent() {
    Path jar = Libraries.origin(Agent.class);
    if (Files.isDirectory(jar)) {
      throw new IllegalStateException("the agent is not packaged: use mvn verify");
    }
    return jar;
  }

  /** Starts the jar of the agent as a command. */
  static Process command(String argument) throws IOException {
    return new ProcessBuilder(java(), "-jar", agent().toString(), argument).start();
  }

  /** The command of the JDK that runs the tests. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The flag, with the settings in a file, because their values have commas in them. */
  static String flag(Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    Path file = Files.createTempFile(Path.of("target"), "settings", ".properties");
    try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties.store(out, null);
    }
    return "-javaagent:" + agent() + "=config=" + file;
  }

  /**
   * The settings of a resource whose authorization server is one of this machine.
   *
   * @param more names and values of others, in turns
   */
  static Map<String, String> settings(
      String resource, FakeAuthorizationServer authorizationServer, String... more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("resource", resource);
    settings.put("authorization-servers", authorizationServer.issuer());
    settings.put("allow-http-on-loopback", "true");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  /** A file for what a JVM prints to standard error. */
  static Path log(String name) throws IOException {
    return Files.createTempFile(Path.of("target"), name, ".log");
  }

  /** Starts a guarded server program. */
  static Process start(ServerProgram program, Map<String, String> settings, String... flags)
      throws IOException {
    return start(program, log(program.mainClass()), flags, new String[] {flag(settings)});
  }

  /**
   * Starts a server program.
   *
   * @param log where it prints its errors to
   * @param first flags of the JVM
   * @param more flags behind those
   */
  static Process start(ServerProgram program, Path log, String[] first, String[] more)
      throws IOException {
    return start(program, log, Map.of(), first, more);
  }

  /**
   * Starts a server program.
   *
   * @param environment variables beside those of this process
   */
  static Process start(
      ServerProgram program,
      Path log,
      Map<String, String> environment,
      String[] first,
      String[] more)
      throws IOException {
    Matrix.started(Server.of(program));
    GuardLog.add(log);
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-Xmx256m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.addAll(List.of(first));
    command.addAll(List.of(more));
    command.addAll(List.of("-cp", program.classPath(), program.mainClass()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
