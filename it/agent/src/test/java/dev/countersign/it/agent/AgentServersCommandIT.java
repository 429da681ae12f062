package dev.countersign.it.agent;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The agent names the versions that its page of servers has, and no others. */
class AgentServersCommandIT {

  // Server, versions; Ktor has those of two engines.
  private static final Pattern LISTED = Pattern.compile("(\\w\\D*) (\\d[^;]*)");

  // As in 9.4.58.v20250814 and 2.2.37.Final.
  private static final Pattern QUALIFIER = Pattern.compile("\\.[A-Za-z].*");

  private static final Pattern LAST_NUMBER = Pattern.compile("(\\.\\d+)\\.\\d+$");

  @Test
  void listsTheVersionsOnWhichTheContractHasPassed() throws Exception {
    Set<String> passed = new TreeSet<>();
    ServerRow.written().stream()
        .filter(ServerRow::enforces)
        .sorted()
        .collect(groupingBy(row -> row.server() + " " + line(row)))
        .values()
        .forEach(rows -> passed.add(rows.get(0).server() + " " + range(rows)));

    assertEquals(lines(passed), lines(listed()), "docs/agent-servers.md and ServerLine differ");
  }

  private static String lines(Collection<String> all) {
    return String.join("\n", all);
  }

  private static String line(ServerRow row) {
    return LAST_NUMBER.matcher(version(row)).replaceFirst("$1");
  }

  private static String version(ServerRow row) {
    return QUALIFIER.matcher(row.version()).replaceFirst("");
  }

  private static String range(List<ServerRow> rows) {
    String first = version(rows.get(0));
    String last = version(rows.get(rows.size() - 1));
    return first.equals(last) ? first : first + " to " + last;
  }

  private static Set<String> listed() throws Exception {
    Process process = GuardedJvm.command("servers");
    Set<String> listed = new TreeSet<>();
    try (Stream<String> lines = process.inputReader().lines()) {
      lines.forEach(
          line -> {
            Matcher found = LISTED.matcher(line);
            while (found.find()) {
              for (String versions : found.group(2).split(", ")) {
                listed.add(found.group(1) + " " + versions);
              }
            }
          });
    }
    assertEquals(0, process.waitFor());
    return listed;
  }
}
