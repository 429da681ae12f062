package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.SteppingClient.Habit;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More scope for a later call. */
abstract class StepUpRules extends BodyRules {

  static final String MODERN = "2026-07-28";

  /** A call of a tool as the revision has it, the newest or an older one. */
  static RawRequest toolCall(String tool, String revision) {
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool;
    if (!revision.equals(MODERN)) {
      return rpc(call + "\",\"arguments\":{}}}").with("MCP-Protocol-Version", revision);
    }
    return rpc(call
            + "\",\"arguments\":{},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
            + MODERN
            + "\"}}}")
        .with("MCP-Protocol-Version", revision)
        .with("Mcp-Method", "tools/call")
        .with("Mcp-Name", tool);
  }

  private SteppingClient client(Habit habit, String scope) {
    return new SteppingClient(
        stand(Setup.TOOLS), granted -> tokens().mint().scope(granted).text(), habit, scope);
  }

  private String asked(String revision, String scope) throws IOException {
    RawResponse response =
        refused(
            stand(Setup.TOOLS),
            403,
            toolCall("read_file", revision).bearer(tokens().mint().scope(scope).text()));
    return Challenged.params(response.value("WWW-Authenticate").orElse(""))
        .getOrDefault("scope", "");
  }

  @Test
  void U03_U01_asksForTheOperationOrForWhatTheTokenHasAsWell() throws IOException {
    assertEquals("mcp:read files:read", asked(MODERN, "files:write mcp:read"));
    for (String older : List.of("2025-03-26", "2025-06-18", "2025-11-25")) {
      assertEquals("mcp:read files:read files:write", asked(older, "files:write mcp:read x"));
    }
  }

  @Test
  void U06_SC13_asksForTheSameWithTheSameBytes() throws IOException {
    Set<Optional<String>> challenges = new HashSet<>();
    for (String scope : List.of("files:write mcp:read", "mcp:read files:write", "x files:write")) {
      RawRequest call = toolCall("read_file", "2025-11-25");
      challenges.add(
          refused(stand(Setup.TOOLS), 403, call.bearer(tokens().mint().scope(scope).text()))
              .value("WWW-Authenticate"));
    }
    assertEquals(1, challenges.size(), challenges::toString);
  }

  @Test
  void U24_aClientThatUnitesNeedsOneStep() throws IOException {
    for (String revision : List.of(MODERN, "2025-11-25")) {
      SteppingClient client = client(Habit.UNITE, "mcp:read");
      assertEquals(1, client.steps(toolCall("delete_file", revision)), revision);
      assertEquals(0, client.steps(toolCall("delete_file", revision)), revision);
      assertEquals(0, client.steps(toolCall("read_file", revision)), revision);
    }
  }

  @Test
  void U24_U03_aClientThatReplacesNeedsOneStepAndLosesNothing() throws IOException {
    SteppingClient client = client(Habit.REPLACE, "mcp:read");

    assertEquals(1, client.steps(toolCall("read_file", "2025-11-25")));
    assertEquals(1, client.steps(toolCall("delete_file", "2025-11-25")));
    assertEquals(0, client.steps(toolCall("read_file", "2025-11-25")));
    assertEquals(1, client(Habit.REPLACE, "none").steps(toolCall("delete_file", MODERN)));
  }
}
