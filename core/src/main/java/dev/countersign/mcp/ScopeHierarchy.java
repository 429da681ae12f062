package dev.countersign.mcp;

import dev.countersign.oauth.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which scopes imply others: a token with the broader one is good for what needs the narrower one.
 * Implication goes on: what an implied scope implies is implied as well. Immutable.
 */
final class ScopeHierarchy {

  static final ScopeHierarchy NONE = new ScopeHierarchy(Map.of());

  // Everything that is implied, over all steps.
  private final Map<String, Scope> implied = new HashMap<>();

  /**
   * @param direct what each scope-token implies by itself
   * @throws IllegalArgumentException if a scope implies itself, over any number of steps: of two
   *     scopes that imply each other neither is the broader one
   */
  ScopeHierarchy(Map<String, Scope> direct) {
    for (String broad : direct.keySet()) {
      Set<String> all = all(direct, broad);
      if (all.contains(broad)) {
        throw new IllegalArgumentException("the scope " + broad + " implies itself");
      }
      implied.put(broad, Scope.of(all));
    }
  }

  private static Set<String> all(Map<String, Scope> direct, String broad) {
    Set<String> all = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(broad));
    while (!open.isEmpty()) {
      for (String narrow : direct.getOrDefault(open.remove(), Scope.NONE).tokens()) {
        if (all.add(narrow)) {
          open.add(narrow);
        }
      }
    }
    return all;
  }

  /** What a token is good for. */
  Scope expand(Scope held) {
    if (implied.isEmpty()) {
      return held;
    }
    Scope all = held;
    for (String token : held.tokens()) {
      all = all.and(implied.getOrDefault(token, Scope.NONE));
    }
    return all;
  }
}
