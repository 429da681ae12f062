package dev.countersign.config;

import dev.countersign.config.SettingTest.Row;
import dev.countersign.mcp.StepUpStrategy;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The settings of step-up and mixed mode. */
final class StepUpSettingRows {

  private StepUpSettingRows() {}

  private static Row row(
      Setting setting,
      String key,
      Function<ProtectedResource, Object> seen,
      Object initial,
      String good,
      Object value,
      String bad,
      String expectation) {
    return new Row(
        setting,
        key,
        config -> seen.apply(config.resources().get(0)),
        initial,
        good,
        value,
        bad,
        expectation);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            Setting.STEP_UP,
            "step-up",
            resource -> resource.stepUp().strategy(),
            StepUpStrategy.AUTO,
            "operation",
            StepUpStrategy.OPERATION,
            "Auto",
            "expected auto, operation, accumulate or related"),
        row(
            Setting.PUBLIC_METHODS,
            "public-methods",
            resource -> resource.publicCalls().methods(),
            Set.of(),
            "initialize, tools/list",
            Set.of("initialize", "tools/list"),
            "tools/call",
            "expected the tools that are public in public-tools"),
        row(
            Setting.PUBLIC_TOOLS,
            "public-tools",
            resource -> resource.publicCalls().tools(),
            Set.of(),
            "search,fetch",
            Set.of("search", "fetch"),
            "files*",
            "expected the name of a tool: 1 to 256 characters without *, no control character, no"
                + " white space at the ends"),
        new Row(
            Setting.TOOL_CHALLENGES,
            "tool-challenges",
            ResourceServerConfig::toolChallenges,
            ToolChallenges.HTTP,
            "auto",
            ToolChallenges.AUTO,
            "chatgpt",
            "expected http, meta or auto"));
  }
}
