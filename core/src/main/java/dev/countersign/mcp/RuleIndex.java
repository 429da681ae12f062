package dev.countersign.mcp;

import dev.countersign.spi.JsonRpcCall;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a policy, so that the one for a call is found without looking at the others. Not
 * changed after it was built, and thread-safe then.
 */
final class RuleIndex {

  private final Map<Target.Kind, Map<String, Requirement>> byName =
      new EnumMap<>(Target.Kind.class);
  private final Map<String, ArgumentRules> byArguments = new HashMap<>();
  private final UriTree byPattern = new UriTree();
  private final boolean hasPatterns;
  private final Map<Target.Kind, Unlisted> unlisted = new EnumMap<>(Target.Kind.class);

  RuleIndex(PolicyRules policy) {
    Set<Target.Kind> kinds = EnumSet.noneOf(Target.Kind.class);
    for (Target target : policy.rules().keySet()) {
      kinds.add(target.kind());
    }
    for (Target.Kind kind : Target.Kind.values()) {
      byName.put(kind, new HashMap<>());
      boolean named = kinds.contains(kind);
      unlisted.put(kind, policy.unlisted().getOrDefault(kind, byDefault(kind, named, policy)));
    }
    boolean patterns = false;
    for (Map.Entry<Target, Requirement> rule : policy.rules().entrySet()) {
      patterns |= add(rule.getKey(), rule.getValue());
    }
    hasPatterns = patterns;
  }

  private static Unlisted byDefault(Target.Kind kind, boolean named, PolicyRules policy) {
    if (kind == Target.Kind.METHOD) {
      return policy.isEmpty() ? Unlisted.ALLOW : Unlisted.KNOWN;
    }
    boolean closed = policy.unlisted().get(Target.Kind.METHOD) == Unlisted.DENY;
    return named || closed ? Unlisted.DENY : Unlisted.ALLOW;
  }

  private boolean add(Target target, Requirement requirement) {
    if (!target.arguments().isEmpty()) {
      byArguments
          .computeIfAbsent(target.name(), tool -> new ArgumentRules())
          .add(target.arguments(), requirement);
      return false;
    }
    UriPattern pattern =
        target.kind() == Target.Kind.RESOURCE && UriPattern.isPattern(target.name())
            ? UriPattern.parse(target.name())
            : null;
    // The text of a pattern as well: a client that completes the variable of a template names it
    // so.
    named(target.kind()).put(target.name(), requirement);
    if (pattern == null) {
      return false;
    }
    byPattern.add(pattern, requirement);
    return true;
  }

  private Map<String, Requirement> named(Target.Kind kind) {
    return byName.getOrDefault(kind, Map.of());
  }

  /** What a call needs because of one of the things that it is about. */
  Requirement find(JsonRpcCall call, Target subject) {
    Optional<Requirement> special =
        switch (subject.kind()) {
          case TOOL -> tool(subject.name(), call.params());
          case RESOURCE -> resource(subject.name());
          case PROMPT, METHOD -> Optional.ofNullable(named(subject.kind()).get(subject.name()));
        };
    return special
        .or(() -> Optional.ofNullable(named(Target.Kind.METHOD).get(call.method())))
        .orElseGet(() -> unlisted(subject.kind()));
  }

  /** What calls with whatever arguments need, one of them each. */
  List<Requirement> findAll(JsonRpcCall call, Target subject) {
    ArgumentRules rules =
        subject.kind() == Target.Kind.TOOL ? byArguments.get(subject.name()) : null;
    if (rules == null) {
      return List.of(find(call, subject));
    }
    List<Requirement> all = new ArrayList<>(rules.all());
    Optional.ofNullable(named(Target.Kind.TOOL).get(subject.name())).ifPresent(all::add);
    return all;
  }

  /** What a call needs that is about nothing that has a name. */
  Requirement find(String method) {
    Requirement rule = named(Target.Kind.METHOD).get(method);
    if (rule != null) {
      return rule;
    }
    return unlisted.get(Target.Kind.METHOD) == Unlisted.KNOWN && !McpMethods.isKnown(method)
        ? Requirement.DENIED
        : unlisted(Target.Kind.METHOD);
  }

  private Requirement unlisted(Target.Kind kind) {
    return unlisted.get(kind) == Unlisted.DENY ? Requirement.DENIED : Requirement.NOTHING;
  }

  private Optional<Requirement> tool(String name, Map<String, Object> params) {
    Requirement own = named(Target.Kind.TOOL).get(name);
    ArgumentRules rules = byArguments.get(name);
    if (rules == null) {
      return Optional.ofNullable(own);
    }
    Map<?, ?> arguments = params.get("arguments") instanceof Map<?, ?> map ? map : Map.of();
    // Without a rule for all other values there is none for them.
    return rules.find(arguments).or(() -> Optional.of(own == null ? Requirement.DENIED : own));
  }

  // An exact rule is for the exact text. Everything else that is not in normal form could be
  // another
  // resource for the application.
  private Optional<Requirement> resource(String uri) {
    Requirement exact = named(Target.Kind.RESOURCE).get(uri);
    if (exact != null || !hasPatterns) {
      return Optional.ofNullable(exact);
    }
    return ResourceUri.isNormal(uri)
        ? byPattern.find(ResourceUri.segments(uri))
        : Optional.of(Requirement.DENIED);
  }
}
