package dev.countersign.it.agent;

import static java.util.function.Predicate.not;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A row of the page of guarded servers.
 *
 * @param server what listens
 * @param version its version
 * @param application what the application on it is written against
 * @param jdk the feature version of the JDK
 * @param cells what was shown, one for each column
 */
record ServerRow(String server, String version, String application, int jdk, List<String> cells)
    implements Comparable<ServerRow> {

  static final Path PAGE = Path.of("..", "..", "docs", "agent-servers.md");

  private static final int JDK = Runtime.version().feature();

  private static final String YES = "yes";

  private static final Comparator<ServerRow> ORDER =
      Comparator.comparing(ServerRow::server)
          .thenComparing(row -> Version.parse(row.version))
          .thenComparing(ServerRow::application)
          .thenComparing(ServerRow::jdk);

  /** What was shown on this JDK. */
  static ServerRow of(Server server, Set<Sight> shown) {
    return new ServerRow(
        server.name(),
        server.version(),
        server.application(),
        JDK,
        List.of(
            shown.contains(Sight.ENFORCES)
                ? YES
                : shown.contains(Sight.ENFORCES_BASICS) ? "basics" : "",
            cell(shown, Sight.TELLS_USER),
            cell(shown, Sight.ENFORCES_HTTP2),
            cell(shown, Sight.REPAIRS),
            cell(shown, Sight.REPAIRS_HTTP2),
            cell(shown, Sight.GUARDS_MCP)));
  }

  private static String cell(Set<Sight> shown, Sight sight) {
    return shown.contains(sight) ? YES : "";
  }

  /** Those that stand on the page. */
  static List<ServerRow> written() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| "))
        .filter(not(line -> line.startsWith("| Server ")))
        .map(ServerRow::parse)
        .toList();
  }

  private static ServerRow parse(String line) {
    List<String> cells = Stream.of(line.split("\\|")).skip(1).map(String::strip).toList();
    return new ServerRow(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        Integer.parseInt(cells.get(3)),
        cells.subList(4, cells.size()));
  }

  boolean isOfThisJdk() {
    return jdk == JDK;
  }

  /** Whether the whole contract has passed. */
  boolean enforces() {
    return cells.get(0).equals(YES);
  }

  @Override
  public int compareTo(ServerRow other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return String.join(" | ", "| " + server, version, application, String.valueOf(jdk), "")
        + String.join(" | ", cells)
        + " |";
  }
}
