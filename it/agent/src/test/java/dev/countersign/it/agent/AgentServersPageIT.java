package dev.countersign.it.agent;

import static java.util.function.Predicate.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs after all others: the page of guarded servers says what they have seen on this JDK, no more
 * and no less. With {@code -Ddocs.write=true} it is written; rows of another JDK stay.
 */
class AgentServersPageIT {

  private static final Path PAGE = Path.of("..", "..", "docs", "agent-servers.md");
  private static final String JDK = Integer.toString(Runtime.version().feature());

  private static final String LARGE = "| `openliberty-runtime` ";

  private static final String HEAD =
      """
      # Servers under the agent

      Generated from the test runs of `it/agent`: each row is a server that was started in a JVM of its own with the agent's flag,
      and what was seen. Enforce: the whole contract of an attachment, which is some 170 tests, with bypasses, bodies and streams.
      Principal: the application is told the user. HTTP/2: a call is judged over HTTP/2 too. Repair: challenges of the
      application are put right, and that over HTTP/2 too. MCP: an MCP server that somebody published, started as it is, is
      called with and without a token.
      An empty cell is not tested, or not so; [agent.md](agent.md) says what is not supported.

      | Server | Version | JDK | Enforce | Principal | HTTP/2 | Repair | Repair, HTTP/2 | MCP |
      |---|---|---|---|---|---|---|---|---|
      """;

  /** What was seen of one server, whichever class has seen it. */
  private static final class Seen {

    private final Set<String> passed = new HashSet<>();
    private final Set<String> classes = new HashSet<>();
    private boolean failed;

    void add(Properties run) {
      passed.addAll(List.of(run.getProperty("passed").split(" ")));
      classes.add(run.getProperty("class"));
      failed |= !run.getProperty("failed").isEmpty();
    }

    String row(String server) {
      String[] artifact = server.split(":");
      String name = artifact.length == 2 ? artifact[0] : artifact[1];
      return String.join(
          " | ",
          "| `" + name + "`",
          artifact[artifact.length - 1],
          JDK,
          yes(passed.contains("T16_handsAChunkedBodyOn")),
          yes(passed.contains("N16_tellsTheApplicationTheUser")),
          yes(isNamed(one -> one.contains("http2") && !one.contains("repair"))),
          yes(isNamed(one -> one.contains("repair"))),
          yes(isNamed(one -> one.contains("repair") && one.contains("http2"))),
          yes(isNamed(AgentServersPageIT::isMcp)) + " |");
    }

    // In the name of a test that has passed, or of its class.
    private boolean isNamed(Predicate<String> so) {
      return Stream.concat(passed.stream(), classes.stream())
          .map(name -> name.toLowerCase(Locale.ROOT))
          .anyMatch(so);
    }

    private String yes(boolean seen) {
      return seen && !failed ? "yes" : "";
    }
  }

  private static boolean isMcp(String name) {
    return name.contains("mcp") || name.contains("springwebflux") || name.contains("quarkusit");
  }

  @Test
  void thePageSaysWhatWasSeen() throws IOException {
    List<String> rows = withSkipped(rows());
    assertFalse(rows.isEmpty());
    if (Boolean.getBoolean("docs.write")) {
      List<String> all = new ArrayList<>(rows);
      written().filter(not(AgentServersPageIT::isOfThisJdk)).forEach(all::add);
      all.sort(Comparator.naturalOrder());
      Files.writeString(PAGE, HEAD + String.join("\n", all) + "\n");
    }
    assertEquals(
        String.join("\n", rows),
        String.join("\n", written().filter(AgentServersPageIT::isOfThisJdk).toList()),
        "docs/agent-servers.md is stale: mvn verify -pl it/agent -am -Ddocs.write=true, on each"
            + " JDK");
  }

  // 350 MB, which not everybody can fetch: what was seen elsewhere stays when it was skipped.
  private static List<String> withSkipped(List<String> rows) throws IOException {
    if (rows.stream().anyMatch(row -> row.startsWith(LARGE))) {
      return rows;
    }
    return Stream.concat(
            rows.stream(), written().filter(row -> row.startsWith(LARGE) && isOfThisJdk(row)))
        .sorted()
        .toList();
  }

  private static boolean isOfThisJdk(String row) {
    return row.contains(" | " + JDK + " | ");
  }

  private static Stream<String> written() throws IOException {
    return Files.exists(PAGE)
        ? Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `"))
        : Stream.empty();
  }

  private static List<String> rows() throws IOException {
    Map<String, Seen> byServer = new TreeMap<>();
    try (Stream<Path> files = Files.list(Matrix.DIRECTORY)) {
      files
          .map(AgentServersPageIT::read)
          .filter(run -> run.getProperty("jdk").equals(JDK))
          .forEach(
              run ->
                  byServer
                      .computeIfAbsent(run.getProperty("server"), server -> new Seen())
                      .add(run));
    }
    return byServer.entrySet().stream()
        .map(entry -> entry.getValue().row(entry.getKey()))
        .sorted()
        .toList();
  }

  private static Properties read(Path file) {
    Properties run = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      run.load(in);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
