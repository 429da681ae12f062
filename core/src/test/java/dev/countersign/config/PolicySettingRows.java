package dev.countersign.config;

import dev.countersign.config.SettingTest.Row;
import dev.countersign.mcp.PolicyRules;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import dev.countersign.mcp.Visibility;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The settings of the policy of a resource. */
final class PolicySettingRows {

  private static final String URI = "db://{table}/rows/*";

  private PolicySettingRows() {}

  static Stream<Row> rows() {
    return Stream.of(scopes(), logins(), defaults()).flatMap(rows -> rows);
  }

  private static Row row(
      Setting setting,
      String key,
      Function<PolicyRules, Object> seen,
      Object initial,
      String good,
      Object value,
      String bad,
      String expectation) {
    return new Row(
        setting,
        key,
        config -> seen.apply(config.resources().get(0).policy().rules()),
        initial,
        good,
        value,
        bad,
        expectation);
  }

  private static Row scope(Setting setting, Target target) {
    return row(
        setting,
        setting.key().replace("*", target.name()),
        PolicyRules::rules,
        Map.of(),
        "a b | c",
        Map.of(target, Requirement.allOf("a", "b").or(Scope.of("c"))),
        "a |",
        "expected a scope-token on both sides of |");
  }

  private static Stream<Row> scopes() {
    return Stream.of(
        scope(Setting.TOOL_SCOPES, Target.tool("delete.file")),
        scope(Setting.PROMPT_SCOPES, Target.prompt("review")),
        scope(Setting.RESOURCE_SCOPES, Target.resource(URI)),
        scope(Setting.METHOD_SCOPES, Target.method("tools/list")),
        row(
            Setting.POLICY,
            "policy",
            PolicyRules::rules,
            Map.of(),
            file(),
            Map.of(Target.tool("t"), Requirement.allOf("a")),
            "/no/such/policy.json",
            "expected a readable file that ends in .json, .yaml or .yml"),
        row(
            Setting.SCOPE_IMPLIES,
            "scope-implies.admin",
            PolicyRules::implied,
            Map.of(),
            "read write",
            Map.of("admin", Scope.of("read", "write")),
            "a \u00e9",
            "expected a scope-token: visible ASCII without quote and backslash (RFC 6749 section"
                + " 3.3)"));
  }

  private static String file() {
    try {
      Path file = Files.createTempFile("policy", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "{\"tools\":{\"t\":\"a\"}}").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row acr(Setting setting, Target target) {
    AuthenticationStrength login = new AuthenticationStrength(List.of("a", "b"), Optional.empty());
    return row(
        setting,
        setting.key().replace("*", target.name()),
        PolicyRules::rules,
        Map.of(),
        "a b",
        Map.of(target, Requirement.NOTHING.with(login)),
        "a\"",
        "acr_values has an illegal character at 1");
  }

  private static Row age(Setting setting, Target target) {
    AuthenticationStrength login =
        new AuthenticationStrength(List.of(), Optional.of(Duration.ofHours(1)));
    return row(
        setting,
        setting.key().replace("*", target.name()),
        PolicyRules::rules,
        Map.of(),
        "PT1H",
        Map.of(target, Requirement.NOTHING.with(login)),
        "PT8784H",
        "expected PT0S to P365D");
  }

  private static Stream<Row> logins() {
    return Stream.of(
        acr(Setting.TOOL_ACR_VALUES, Target.tool("pay")),
        acr(Setting.PROMPT_ACR_VALUES, Target.prompt("pay")),
        acr(Setting.RESOURCE_ACR_VALUES, Target.resource(URI)),
        acr(Setting.METHOD_ACR_VALUES, Target.method("tools/call")),
        age(Setting.TOOL_MAX_AGE, Target.tool("pay")),
        age(Setting.PROMPT_MAX_AGE, Target.prompt("pay")),
        age(Setting.RESOURCE_MAX_AGE, Target.resource(URI)),
        age(Setting.METHOD_MAX_AGE, Target.method("tools/call")));
  }

  private static Row unlisted(Setting setting, Target.Kind kind) {
    return row(
        setting,
        setting.key(),
        PolicyRules::unlisted,
        Map.of(),
        "deny",
        Map.of(kind, Unlisted.DENY),
        "Deny",
        kind == Target.Kind.METHOD ? "expected allow, known or deny" : "expected allow or deny");
  }

  private static Stream<Row> defaults() {
    return Stream.of(
        unlisted(Setting.UNLISTED_TOOLS, Target.Kind.TOOL),
        unlisted(Setting.UNLISTED_PROMPTS, Target.Kind.PROMPT),
        unlisted(Setting.UNLISTED_RESOURCES, Target.Kind.RESOURCE),
        unlisted(Setting.UNLISTED_METHODS, Target.Kind.METHOD),
        row(
            Setting.CONCEAL_RULES,
            "conceal-rules",
            PolicyRules::concealed,
            false,
            "true",
            true,
            "yes",
            "expected true or false"),
        visibility(Setting.HIDE_DENIED, Visibility::deniedHidden),
        visibility(Setting.FILTER_LISTS, Visibility::listsFiltered));
  }

  private static Row visibility(Setting setting, Function<Visibility, Object> seen) {
    return new Row(
        setting,
        setting.key(),
        config -> seen.apply(config.resources().get(0).visibility()),
        false,
        "true",
        true,
        "yes",
        "expected true or false");
  }
}
