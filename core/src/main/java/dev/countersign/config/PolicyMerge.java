package dev.countersign.config;

import dev.countersign.mcp.PolicyConflicts;
import dev.countersign.mcp.PolicyFile;
import dev.countersign.mcp.PolicyRules;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the rules of a file beside those of settings and code. Not thread-safe. */
final class PolicyMerge {

  private final Problems problems;
  private final UnaryOperator<String> keys;
  private final RuleChecks checks;
  private final Map<Target, String> inFile = new LinkedHashMap<>();
  private String file = "";
  private String place = "";

  PolicyMerge(Problems problems, UnaryOperator<String> keys) {
    this.problems = problems;
    this.keys = keys;
    this.checks = new RuleChecks(problems);
  }

  void file(String name) {
    file = name;
    place = problems.place();
  }

  boolean isUntouched() {
    return file.isEmpty();
  }

  /** The rules of both; everything that is wrong with them becomes a problem. */
  PolicyRules of(PolicyRules written, AuthenticationStrength ofResource) {
    problems.in(place);
    inFile.clear();
    PolicyRules all = file.isEmpty() ? written : with(written);
    for (Map.Entry<Target, Requirement> rule : all.rules().entrySet()) {
      login(rule.getKey(), rule.getValue().login(), ofResource);
    }
    for (Map.Entry<Target, String> conflict : PolicyConflicts.of(all).entrySet()) {
      Target target = conflict.getKey();
      problems.add(key(target), target.name(), conflict.getValue());
    }
    problems.in("");
    return all;
  }

  private PolicyRules with(PolicyRules written) {
    try {
      PolicyFile read = PolicySource.read(file);
      problems.in("file " + file);
      read.faults()
          .forEach(fault -> problems.add(key(fault.pointer()), fault.value(), fault.expectation()));
      inFile.putAll(read.pointers());
      return both(written, read.rules());
    } catch (IllegalArgumentException e) {
      problems.add(keys.apply("policy"), file, String.valueOf(e.getMessage()));
      return written;
    }
  }

  private PolicyRules both(PolicyRules written, PolicyRules read) {
    Map<Target, Requirement> rules = new LinkedHashMap<>(written.rules());
    read.rules()
        .forEach(
            (target, rule) -> {
              if (isGood(key(target), rule)) {
                conflict(key(target), rule, rules.put(target, rule));
              }
            });
    Map<String, Scope> implied = new LinkedHashMap<>(written.implied());
    read.implied()
        .forEach(
            (broad, narrow) ->
                conflict(key("/scope-implies/" + broad), narrow, implied.put(broad, narrow)));
    Map<Target.Kind, Unlisted> unlisted = new EnumMap<>(Target.Kind.class);
    unlisted.putAll(written.unlisted());
    read.unlisted()
        .forEach(
            (kind, value) ->
                conflict(key("/unlisted/" + kind.word() + "s"), value, unlisted.put(kind, value)));
    return new PolicyRules(rules, implied, unlisted, written.concealed() || read.concealed());
  }

  private boolean isGood(String key, Requirement rule) {
    List<String> acrValues = rule.login().acrValues();
    boolean good = checks.scopes(key, rule);
    good &= acrValues.isEmpty() || checks.acrValues(key, acrValues);
    good &= rule.login().maxAge().stream().allMatch(age -> checks.maxAge(key, age));
    return good;
  }

  private void login(
      Target target, AuthenticationStrength login, AuthenticationStrength ofResource) {
    // Every token must have one of these as well, and no login has two values.
    if (!login.acrValues().isEmpty()
        && !ofResource.acrValues().isEmpty()
        && Collections.disjoint(login.acrValues(), ofResource.acrValues())) {
      problems.add(
          inFile.containsKey(target) ? key(target) : keys.apply("acr-values." + named(target)),
          String.join(" ", login.acrValues()),
          "expected a value of acr-values among them, which every token needs");
    }
  }

  private void conflict(String key, Object now, @Nullable Object before) {
    if (before != null && !before.equals(now)) {
      problems.add(
          key, now.toString(), "expected one rule, but settings or code have another: " + before);
    }
  }

  private String key(String pointer) {
    return keys.apply("policy") + "#" + pointer;
  }

  private String key(Target target) {
    String pointer = inFile.get(target);
    return pointer == null ? keys.apply("scopes." + named(target)) : key(pointer);
  }

  private static String named(Target target) {
    return target.kind().word() + "." + target.name();
  }
}
