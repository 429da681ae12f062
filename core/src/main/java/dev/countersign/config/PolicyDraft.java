package dev.countersign.config;

import dev.countersign.mcp.AccessPolicy;
import dev.countersign.mcp.PolicyRules;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.ScopePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policy of one resource while it is being configured. Not thread-safe. */
final class PolicyDraft {

  /** What a rule says, and where. */
  private record Draft(String key, String place, Requirement requirement) {}

  private final Problems problems;
  private final UnaryOperator<String> keys;
  private final RuleChecks checks;
  private final Map<Target, Draft> scopes = new LinkedHashMap<>();
  private final Map<Target, AuthenticationStrength> logins = new LinkedHashMap<>();
  private final Map<String, Scope> implied = new LinkedHashMap<>();
  private final Map<Target.Kind, Unlisted> unlisted = new EnumMap<>(Target.Kind.class);
  private final List<ScopePolicy> further = new ArrayList<>();
  private boolean concealed;

  /**
   * @param keys the full key of a setting
   */
  PolicyDraft(Problems problems, UnaryOperator<String> keys) {
    this.problems = problems;
    this.keys = keys;
    this.checks = new RuleChecks(problems);
  }

  boolean isUntouched() {
    return scopes.isEmpty()
        && logins.isEmpty()
        && implied.isEmpty()
        && unlisted.isEmpty()
        && further.isEmpty()
        && !concealed;
  }

  private String key(String setting, Target target) {
    return keys.apply(setting + "." + target.kind().word() + "." + target.name());
  }

  void rule(Target target, Requirement requirement) {
    if (!requirement.login().isAny()) {
      login(target, requirement.login());
    }
    scopes(target, requirement.with(AuthenticationStrength.ANY));
  }

  void scopes(Target target, String value) {
    problems.check(key("scopes", target), value, () -> scopes(target, Requirement.parse(value)));
  }

  void scopes(Target target, Collection<String> tokens) {
    String key = key("scopes", target);
    problems.check(
        key,
        String.join(" ", tokens),
        () -> scopes(target, Requirement.NOTHING.or(RuleChecks.requestable(tokens))));
  }

  private void scopes(Target target, Requirement requirement) {
    String key = key("scopes", target);
    Draft draft = new Draft(key, problems.place(), requirement);
    if (isTarget(key, requirement.toString(), target) && checks.scopes(key, requirement)) {
      Draft other = scopes.putIfAbsent(target, draft);
      if (other != null && !other.requirement().equals(requirement)) {
        problems.add(
            key,
            requirement.toString(),
            "expected one rule for " + target + ", but there is another: " + other.requirement());
      }
    }
  }

  void acrValues(Target target, List<String> values) {
    String key = key("acr-values", target);
    boolean good = isTarget(key, String.join(" ", values), target) & checks.acrValues(key, values);
    if (good) {
      login(target, new AuthenticationStrength(values, login(target).maxAge()));
    }
  }

  void maxAge(Target target, Duration age) {
    String key = key("max-age", target);
    boolean good = isTarget(key, age.toString(), target) & checks.maxAge(key, age);
    if (good) {
      login(
          target,
          new AuthenticationStrength(
              login(target).acrValues(), Optional.of(Duration.ofSeconds(age.toSeconds()))));
    }
  }

  private boolean isTarget(String key, String value, Target target) {
    return problems.check(key, value, target::check);
  }

  private AuthenticationStrength login(Target target) {
    return logins.getOrDefault(target, AuthenticationStrength.ANY);
  }

  private void login(Target target, AuthenticationStrength demand) {
    logins.put(target, demand);
  }

  void unlisted(Target.Kind kind, Unlisted value) {
    if (value == Unlisted.KNOWN && kind != Target.Kind.METHOD) {
      problems.add(
          keys.apply("unlisted-" + kind.word() + "s"), value.word(), "expected allow or deny");
    } else {
      unlisted.put(kind, value);
    }
  }

  void implies(String broad, Collection<String> narrow) {
    String key = keys.apply("scope-implies." + broad);
    problems.check(
        key,
        String.join(" ", narrow),
        () -> {
          Scope.of(broad);
          implied.put(broad, Scope.of(narrow));
        });
  }

  void conceal(boolean conceal) {
    concealed = conceal;
  }

  void further(ScopePolicy policy) {
    further.add(policy);
  }

  /** Every scope that a rule names, so that clients can find them. */
  Scope everything() {
    Scope all = Scope.NONE;
    for (Draft draft : scopes.values()) {
      for (Scope one : draft.requirement().alternatives()) {
        all = all.and(one);
      }
    }
    return all;
  }

  /** What has a rule of this kind. */
  Set<String> named(Target.Kind kind) {
    return Stream.concat(scopes.keySet().stream(), logins.keySet().stream())
        .filter(target -> target.kind() == kind)
        .map(Target::name)
        .collect(Collectors.toSet());
  }

  AccessPolicy build(Scope required, AuthenticationStrength login) {
    Map<Target, Requirement> rules = new LinkedHashMap<>();
    scopes.forEach((target, draft) -> rules.put(target, draft.requirement()));
    logins.forEach(
        (target, demand) ->
            problems.check(
                key("acr-values", target),
                String.join(" ", demand.acrValues()),
                () ->
                    rules.put(
                        target, rules.getOrDefault(target, Requirement.NOTHING).with(demand))));
    PolicyRules policy = new PolicyRules(rules, implied, unlisted, concealed);
    try {
      return new AccessPolicy(policy, required, login, further);
    } catch (IllegalArgumentException e) {
      problems.add(keys.apply("scope-implies"), implied.toString(), String.valueOf(e.getMessage()));
      return new AccessPolicy(PolicyRules.NONE, required, login, further);
    }
  }
}
