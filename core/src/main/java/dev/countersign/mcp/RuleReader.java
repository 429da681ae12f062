package dev.countersign.mcp;

import static dev.countersign.mcp.FaultCollector.at;

import dev.countersign.oauth.AuthenticationStrength;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates the rules of a policy file. Not thread-safe. */
final class RuleReader {

  private static final List<String> RULE = List.of("scopes", "acr-values", "max-age");
  private static final List<String> TOOL = List.of("scopes", "acr-values", "max-age", "arguments");
  private static final List<String> ARGUMENTS = List.of("with", "scopes", "acr-values", "max-age");

  private final FaultCollector faults;
  final Map<Target, Requirement> rules = new LinkedHashMap<>();
  final Map<Target, String> pointers = new LinkedHashMap<>();

  RuleReader(FaultCollector faults) {
    this.faults = faults;
  }

  void read(String at, Target target, Object value) {
    if (value instanceof String) {
      put(at, target, faults.text(at, value, Requirement::parse, Requirement.DENIED));
      return;
    }
    boolean tool = target.kind() == Target.Kind.TOOL;
    Map<String, Object> members = faults.members(at, value, tool ? TOOL : RULE);
    Object arguments = members.remove("arguments");
    // With arguments alone nothing is said about a call with other ones.
    if (arguments == null || !members.isEmpty()) {
      put(at, target, requirement(at, members));
    }
    if (arguments instanceof List<?> list) {
      for (int index = 0; index < list.size(); index++) {
        withArguments(at + "/arguments/" + index, target, list.get(index));
      }
    } else if (arguments != null) {
      faults.add(at + "/arguments", arguments, "expected an array");
    }
  }

  private void withArguments(String at, Target tool, @Nullable Object value) {
    Map<String, Object> members = faults.members(at, value, ARGUMENTS);
    Map<String, Object> with = faults.members(at + "/with", members.remove("with"));
    Target target = tool;
    for (Map.Entry<String, Object> argument : with.entrySet()) {
      try {
        target = target.with(argument.getKey(), argument.getValue());
      } catch (IllegalArgumentException e) {
        String expectation = String.valueOf(e.getMessage());
        faults.add(at(at + "/with", argument.getKey()), argument.getValue(), expectation);
      }
    }
    Requirement requirement = requirement(at, members);
    if (target.arguments().isEmpty()) {
      faults.add(at, "", "expected the values of one or more arguments in \"with\"");
    } else {
      put(at, target, requirement);
    }
  }

  private Requirement requirement(String at, Map<String, Object> members) {
    Requirement scopes =
        faults.text(at + "/scopes", members.get("scopes"), Requirement::parse, Requirement.NOTHING);
    List<String> acrValues =
        faults.text(
            at + "/acr-values",
            members.get("acr-values"),
            text -> List.of(text.strip().split(" +")),
            List.of());
    Optional<Duration> maxAge =
        faults.text(
            at + "/max-age",
            members.get("max-age"),
            text -> Optional.of(duration(text)),
            Optional.<Duration>empty());
    try {
      return scopes.with(new AuthenticationStrength(acrValues, maxAge));
    } catch (IllegalArgumentException e) {
      faults.add(at, "", String.valueOf(e.getMessage()));
      return Requirement.DENIED;
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected an ISO-8601 duration such as PT5M", e);
    }
  }

  private void put(String at, Target target, Requirement requirement) {
    try {
      target.check();
    } catch (IllegalArgumentException e) {
      faults.add(at, target.name(), String.valueOf(e.getMessage()));
      return;
    }
    pointers.put(target, at);
    if (rules.put(target, requirement) != null) {
      faults.add(at, "", "expected one rule for " + target);
    }
  }
}
