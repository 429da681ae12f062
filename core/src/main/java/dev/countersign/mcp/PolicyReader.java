package dev.countersign.mcp;

import static dev.countersign.mcp.FaultCollector.at;

import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Translates a policy file. Not thread-safe, used once. */
final class PolicyReader {

  private static final Map<String, Target.Kind> KINDS = new LinkedHashMap<>();
  private static final List<String> DOCUMENT = new ArrayList<>();

  static {
    for (Target.Kind kind : Target.Kind.values()) {
      KINDS.put(kind.word() + "s", kind);
    }
    DOCUMENT.addAll(KINDS.keySet());
    DOCUMENT.addAll(List.of("unlisted", "scope-implies", "conceal-rules"));
  }

  private final FaultCollector faults = new FaultCollector();
  private final RuleReader reader = new RuleReader(faults);

  PolicyFile read(Object document) {
    Map<String, Object> members = faults.members("", document, DOCUMENT);
    KINDS.forEach((name, kind) -> rules(name, kind, members));
    PolicyRules rules =
        new PolicyRules(reader.rules, implied(members), unlisted(members), concealed(members));
    return new PolicyFile(rules, reader.pointers, faults.faults());
  }

  private Map<String, Object> named(String member, Map<String, Object> members) {
    return members.containsKey(member)
        ? faults.members("/" + member, members.get(member))
        : Map.of();
  }

  private void rules(String member, Target.Kind kind, Map<String, Object> members) {
    named(member, members)
        .forEach(
            (name, rule) ->
                reader.read(at("/" + member, name), new Target(kind, name, Map.of()), rule));
  }

  private Map<String, Scope> implied(Map<String, Object> members) {
    Map<String, Scope> implied = new LinkedHashMap<>();
    named("scope-implies", members)
        .forEach(
            (broad, narrow) -> {
              String at = at("/scope-implies", broad);
              faults.text(at, broad, Scope::of, Scope.NONE);
              implied.put(broad, faults.text(at, narrow, Scope::parse, Scope.NONE));
            });
    return implied;
  }

  private Map<Target.Kind, Unlisted> unlisted(Map<String, Object> members) {
    Map<Target.Kind, Unlisted> unlisted = new EnumMap<>(Target.Kind.class);
    if (members.containsKey("unlisted")) {
      Object value = members.get("unlisted");
      faults
          .members("/unlisted", value, List.copyOf(KINDS.keySet()))
          .forEach(
              (name, word) -> {
                Target.Kind kind = KINDS.getOrDefault(name, Target.Kind.METHOD);
                String at = "/unlisted/" + name;
                unlisted.put(
                    kind, faults.text(at, word, one -> Unlisted.parse(one, kind), Unlisted.DENY));
              });
    }
    return unlisted;
  }

  private boolean concealed(Map<String, Object> members) {
    Object value = members.getOrDefault("conceal-rules", false);
    if (!(value instanceof Boolean)) {
      faults.add("/conceal-rules", value, "expected true or false");
    }
    return value.equals(true);
  }
}
