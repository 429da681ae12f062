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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The policy of one resource while it is being configured: rules of settings and code, and the file
 * beside them. Not thread-safe.
 */
final class PolicyDraft {

  private final Problems problems;
  private final UnaryOperator<String> keys;
  private final RuleChecks checks;
  private final Map<Target, Requirement> scopes = new LinkedHashMap<>();
  private final Map<Target, AuthenticationStrength> logins = new LinkedHashMap<>();
  private final Map<String, Scope> implied = new LinkedHashMap<>();
  private final Map<Target.Kind, Unlisted> unlisted = new EnumMap<>(Target.Kind.class);
  private final List<ScopePolicy> further = new ArrayList<>();
  private final PolicyMerge merge;
  private boolean concealed;

  /**
   * A draft.
   *
   * @param keys gives the full key of a setting
   */
  PolicyDraft(Problems problems, UnaryOperator<String> keys) {
    this.problems = problems;
    this.keys = keys;
    this.checks = new RuleChecks(problems);
    this.merge = new PolicyMerge(problems, keys);
  }

  boolean isUntouched() {
    return scopes.isEmpty()
        && logins.isEmpty()
        && implied.isEmpty()
        && unlisted.isEmpty()
        && further.isEmpty()
        && !concealed
        && merge.isUntouched();
  }

  private String key(String setting, Target target) {
    return keys.apply(setting + "." + target.kind().word() + "." + target.name());
  }

  void file(String name) {
    merge.file(name);
  }

  void rule(Target target, Requirement requirement) {
    if (!requirement.login().isAny()) {
      login(target, requirement.login());
    }
    // What is about the login alone says nothing about scopes.
    if (requirement.login().isAny() || !requirement.alternatives().isEmpty()) {
      scopes(target, requirement.with(AuthenticationStrength.ANY));
    }
  }

  void scopes(Target target, String value) {
    String key = key("scopes", target);
    problems.check(key, value, () -> scopes(target, Requirement.parse(value)));
  }

  void scopes(Target target, Collection<String> tokens) {
    problems.check(
        key("scopes", target),
        String.join(" ", tokens),
        () -> scopes(target, Requirement.NOTHING.or(RuleChecks.requestable(tokens))));
  }

  private void scopes(Target target, Requirement requirement) {
    String key = key("scopes", target);
    if (isTarget(key, requirement.toString(), target) && checks.scopes(key, requirement)) {
      Requirement other = scopes.putIfAbsent(target, requirement);
      if (other != null && !other.equals(requirement)) {
        problems.add(
            key, requirement.toString(), "expected one rule, but there is another: " + other);
      }
    }
  }

  void acrValues(Target target, List<String> values) {
    String key = key("acr-values", target);
    boolean good = isTarget(key, String.join(" ", values), target);
    good &= checks.acrValues(key, values);
    if (good) {
      login(target, new AuthenticationStrength(values, Optional.empty()));
    }
  }

  void maxAge(Target target, Duration age) {
    String key = key("max-age", target);
    boolean good = isTarget(key, age.toString(), target);
    good &= checks.maxAge(key, age);
    if (good) {
      Duration seconds = Duration.ofSeconds(age.toSeconds());
      login(target, new AuthenticationStrength(List.of(), Optional.of(seconds)));
    }
  }

  private boolean isTarget(String key, String value, Target target) {
    return problems.check(key, value, target::check);
  }

  /** The last value of acr, and the last age. */
  private void login(Target target, AuthenticationStrength demand) {
    logins.merge(
        target,
        demand,
        (before, now) ->
            new AuthenticationStrength(
                now.acrValues().isEmpty() ? before.acrValues() : now.acrValues(),
                now.maxAge().or(before::maxAge)));
  }

  void unlisted(Target.Kind kind, Unlisted value) {
    if (value.isFor(kind)) {
      unlisted.put(kind, value);
    } else {
      String key = keys.apply("unlisted-" + kind.word() + "s");
      problems.add(key, value.word(), "expected allow or deny");
    }
  }

  void implies(String broad, Collection<String> narrow) {
    problems.check(
        keys.apply("scope-implies." + broad),
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

  /** The rules of all sources. */
  PolicyRules rules(AuthenticationStrength ofResource) {
    Map<Target, Requirement> rules = new LinkedHashMap<>(scopes);
    for (Map.Entry<Target, AuthenticationStrength> login : logins.entrySet()) {
      Target target = login.getKey();
      AuthenticationStrength demand = login.getValue();
      problems.check(
          key("acr-values", target),
          String.join(" ", demand.acrValues()),
          () -> rules.put(target, rules.getOrDefault(target, Requirement.NOTHING).with(demand)));
    }
    return merge.of(new PolicyRules(rules, implied, unlisted, concealed), ofResource);
  }

  /** Every scope that rules name, so that clients can find them. */
  static Scope everything(PolicyRules policy) {
    Set<String> all = new LinkedHashSet<>();
    for (Requirement rule : policy.rules().values()) {
      for (Scope scope : rule.alternatives()) {
        all.addAll(scope.tokens());
      }
    }
    return Scope.of(all);
  }

  /** What has a rule of this kind. */
  static Set<String> named(PolicyRules policy, Target.Kind kind) {
    Set<String> names = new HashSet<>();
    for (Target target : policy.rules().keySet()) {
      if (target.kind() == kind) {
        names.add(target.name());
      }
    }
    return names;
  }

  /** The policy of rules that {@link #rules} has checked. */
  AccessPolicy build(PolicyRules rules, Scope required, AuthenticationStrength login) {
    try {
      return new AccessPolicy(rules, required, login, further);
    } catch (IllegalArgumentException e) {
      problems.add(
          keys.apply("scope-implies"), rules.implied().toString(), String.valueOf(e.getMessage()));
      return new AccessPolicy(PolicyRules.NONE, required, login, further);
    }
  }
}
