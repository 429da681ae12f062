package dev.countersign.it.agent;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs after all others: the page of guarded servers says what they have shown on this JDK, no more
 * and no less. With {@code -Ddocs.write=true} it is written; rows of another JDK stay.
 */
class AgentServersPageIT {

  private static final String HEAD =
      """
      # Servers under the agent

      Generated from the test runs of `it/agent`: each row is a server that was started in a JVM of its own with the agent's flag,
      and what its tests have shown.

      - Server, Version: what listens. Application: what the program on it is written against, with a version where it has one of
        its own. The programs are the small ones in `it/agent/src/test/servers`; servers, SDKs and starters are as published.
      - Enforce: *yes* is the whole contract of an attachment (`ServerProcessContract`), with bypasses, bodies and streams, but for
        what the test class of the server says that it cannot do. *basics* is that the metadata document is served, a call without
        a token gets the challenge, and one with a token gets in.
      - Principal: the application is told the user.
      - HTTP/2: calls over HTTP/2 are judged.
      - Repair: challenges of the application are put right ([repair.md](repair.md)), and over HTTP/2 too.
      - MCP: tools are listed and called, each with the scope that it needs.

      An empty cell was not tested, or did not pass; [agent.md](agent.md) says what is not supported. The command `servers` of
      the agent's jar lists the versions with *yes* under Enforce; of those that begin alike the first and the last.

      | Server | Version | Application | JDK | Enforce | Principal | HTTP/2 | Repair | Repair, HTTP/2 | MCP |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  @Test
  void thePageSaysWhatWasShown() throws IOException {
    List<ServerRow> rows = withSkipped(shown());
    assertFalse(rows.isEmpty());
    if (Boolean.getBoolean("docs.write")) {
      Stream<ServerRow> others = ServerRow.written().stream().filter(not(ServerRow::isOfThisJdk));
      List<ServerRow> all = Stream.concat(rows.stream(), others).sorted().toList();
      Files.writeString(ServerRow.PAGE, HEAD + lines(all));
    }
    assertEquals(
        lines(rows),
        lines(ServerRow.written().stream().filter(ServerRow::isOfThisJdk).toList()),
        "docs/agent-servers.md is stale: mvn verify -pl it/agent -am -Ddocs.write=true, on each"
            + " JDK");
  }

  private static String lines(Collection<ServerRow> rows) {
    return rows.stream().map(row -> row + "\n").collect(joining());
  }

  private static List<ServerRow> shown() throws IOException {
    return Matrix.shown().entrySet().stream()
        .map(entry -> ServerRow.of(entry.getKey(), entry.getValue()))
        .sorted()
        .toList();
  }

  // 350 MB, which not everybody can fetch: what was seen elsewhere stays when it was skipped.
  private static List<ServerRow> withSkipped(List<ServerRow> rows) throws IOException {
    if (rows.stream().anyMatch(AgentServersPageIT::isLarge)) {
      return rows;
    }
    Stream<ServerRow> before =
        ServerRow.written().stream().filter(row -> isLarge(row) && row.isOfThisJdk());
    return Stream.concat(rows.stream(), before).sorted().toList();
  }

  private static boolean isLarge(ServerRow row) {
    return row.server().equals(Liberty.NAME);
  }
}
