package dev.countersign.mcp;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules of a policy of which none would hold for some calls, which would be denied therefore. */
public final class PolicyConflicts {

  private PolicyConflicts() {}

  /**
   * Looks for them. With very many rules not all may be found; what is not found is denied when it
   * is called.
   *
   * @param policy the rules, each of them with a target that was {@linkplain Target#check checked}
   * @return what to expect instead, by the target of one of the rules
   */
  public static Map<Target, String> of(PolicyRules policy) {
    UriOverlaps uris = new UriOverlaps();
    Map<String, Map<List<String>, Target>> shapes = new HashMap<>();
    for (Target target : policy.rules().keySet()) {
      if (target.kind() == Target.Kind.RESOURCE) {
        uris.add(target);
      }
      if (!target.arguments().isEmpty()) {
        shapes
            .computeIfAbsent(target.name(), tool -> new LinkedHashMap<>())
            .putIfAbsent(List.copyOf(target.arguments().keySet()), target);
      }
    }
    Map<Target, String> found = new LinkedHashMap<>(uris.find());
    for (Map<List<String>, Target> tool : shapes.values()) {
      arguments(tool, found);
    }
    return found;
  }

  // Where each list of arguments holds the next shorter one, no two rules of a call are equal.
  private static void arguments(Map<List<String>, Target> shapes, Map<Target, String> found) {
    List<List<String>> ordered =
        shapes.keySet().stream()
            .sorted((one, other) -> Integer.compare(other.size(), one.size()))
            .toList();
    for (int at = 1; at < ordered.size(); at++) {
      List<String> longer = ordered.get(at - 1);
      List<String> shorter = ordered.get(at);
      Target target = shapes.get(shorter);
      if (target != null && !longer.containsAll(shorter)) {
        found.put(
            target,
            "rules of one tool have to name the same arguments, or further ones: neither of "
                + longer
                + " and "
                + shorter
                + " is more special");
      }
    }
  }
}
