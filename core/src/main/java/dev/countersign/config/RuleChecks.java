package dev.countersign.config;

import dev.countersign.http.BearerChallenge;
import dev.countersign.mcp.Requirement;
import dev.countersign.oauth.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What can be wrong with what a resource or a rule demands, wherever it was written. */
final class RuleChecks {

  private static final Duration LONGEST_AGE = Duration.ofDays(365);

  private final Problems problems;

  RuleChecks(Problems problems) {
    this.problems = problems;
  }

  /**
   * Whether clients can be told to ask for these scopes.
   *
   * @throws IllegalArgumentException if not
   */
  static Scope requestable(Collection<String> tokens) {
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "expected one or more scope-tokens with spaces between them");
    }
    if (tokens.contains("offline_access")) {
      throw new IllegalArgumentException(
          "offline_access is not a scope of a resource (MCP authorization)");
    }
    return Scope.of(tokens);
  }

  /** A challenge has to name each of them, where legal characters can be misread. */
  boolean scopes(String key, Requirement requirement) {
    return requirement.alternatives().stream()
        .allMatch(
            scope ->
                problems.check(
                    key,
                    requirement.toString(),
                    () -> BearerChallenge.builder().scope(requestable(scope.tokens()).tokens())));
  }

  boolean acrValues(String key, List<String> values) {
    String text = String.join(" ", values);
    if (values.isEmpty() || values.stream().anyMatch(one -> one.isEmpty() || one.contains(" "))) {
      problems.add(key, text, "expected one or more values of acr with spaces between them");
      return false;
    }
    return problems.check(key, text, () -> BearerChallenge.builder().acrValues(values));
  }

  boolean maxAge(String key, Duration age) {
    boolean inRange = !age.isNegative() && age.compareTo(LONGEST_AGE) <= 0;
    if (!inRange) {
      problems.add(key, age.toString(), "expected PT0S to P365D");
    }
    return inRange;
  }
}
