package dev.countersign.config;

import dev.countersign.http.BearerChallenge;
import dev.countersign.mcp.StepUp;
import dev.countersign.mcp.StepUpStrategy;
import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Which scopes the challenges of one resource name to a token that has too few. Values are checked
 * when the configuration is built. Not thread-safe.
 */
public final class StepUpBuilder {

  private final Problems problems;
  private final String prefix;
  private final BiFunction<String, List<String>, Scope> scopes;
  private final Map<String, Scope> groups = new LinkedHashMap<>();
  private StepUpStrategy strategy = StepUpStrategy.AUTO;

  /**
   * Of one resource.
   *
   * @param prefix what stands before the keys of its settings
   * @param scopes checks the scope-tokens of a setting
   */
  StepUpBuilder(Problems problems, String prefix, BiFunction<String, List<String>, Scope> scopes) {
    this.problems = problems;
    this.prefix = prefix;
    this.scopes = scopes;
  }

  /**
   * How much a challenge names beyond what the operation needs. The default is {@link
   * StepUpStrategy#AUTO}.
   *
   * @param value the strategy
   * @return this builder
   */
  public StepUpBuilder strategy(StepUpStrategy value) {
    strategy = Objects.requireNonNull(value, "value");
    return this;
  }

  StepUpBuilder strategy(String value) {
    return strategy(
        switch (value) {
          case "auto" -> StepUpStrategy.AUTO;
          case "operation" -> StepUpStrategy.OPERATION;
          case "accumulate" -> StepUpStrategy.ACCUMULATE;
          case "related" -> StepUpStrategy.RELATED;
          default ->
              throw new IllegalArgumentException("expected auto, operation, accumulate or related");
        });
  }

  /**
   * Scopes that are used together, for {@link StepUpStrategy#RELATED}: a challenge that needs one
   * names all. Repeatable.
   *
   * @param name how messages call the group
   * @param tokens the scope-tokens
   * @return this builder
   */
  public StepUpBuilder scopeGroup(String name, String... tokens) {
    groups.put(name, scopes.apply("scope-groups." + name, List.of(tokens)));
    return this;
  }

  boolean isUntouched() {
    return strategy == StepUpStrategy.AUTO && groups.isEmpty();
  }

  /** What was built, for a resource whose other settings name these scopes. */
  StepUp build(Scope named) {
    if ((strategy == StepUpStrategy.RELATED) == groups.isEmpty()) {
      String key = prefix + "step-up";
      problems.about(key);
      problems.add(
          key,
          strategy.name().toLowerCase(Locale.ROOT),
          groups.isEmpty()
              ? "expected one or more scope-groups.NAME beside related"
              : "expected related: nothing else uses scope-groups.*");
    }
    List<String> known = new ArrayList<>();
    for (String token : named.tokens()) {
      if (isReadable(token)) {
        known.add(token);
      }
    }
    for (Scope group : groups.values()) {
      known.addAll(group.tokens());
    }
    return new StepUp(strategy, List.copyOf(groups.values()), Scope.of(known));
  }

  // The metadata document may list what no challenge can name.
  private static boolean isReadable(String token) {
    try {
      BearerChallenge.builder().scope(token);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
