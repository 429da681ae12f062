package dev.countersign.mcp;

import dev.countersign.oauth.Scope;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a policy says, whether in code, in settings or in a file. Immutable.
 *
 * @param rules the requirement by what it is for; the order means nothing
 * @param implied the scopes that a scope-token implies
 * @param unlisted what happens to what has no rule; a kind that is not there has its default
 * @param concealed whether a call with too little scope is answered as one that is denied, so that
 *     nobody learns which tools there are
 */
public record PolicyRules(
    Map<Target, Requirement> rules,
    Map<String, Scope> implied,
    Map<Target.Kind, Unlisted> unlisted,
    boolean concealed) {

  /** No rule: every operation needs what every token of the resource must have. */
  public static final PolicyRules NONE = new PolicyRules(Map.of(), Map.of(), Map.of(), false);

  /** Copies the maps, in their order. */
  public PolicyRules {
    rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    implied = Collections.unmodifiableMap(new LinkedHashMap<>(implied));
    Map<Target.Kind, Unlisted> kinds = new EnumMap<>(Target.Kind.class);
    kinds.putAll(unlisted);
    unlisted = Collections.unmodifiableMap(kinds);
  }

  /**
   * Whether every operation needs the same, so that there is no reason to read a body.
   *
   * @return true if nothing is demanded or denied
   */
  public boolean isEmpty() {
    for (Unlisted value : unlisted.values()) {
      if (value != Unlisted.ALLOW) {
        return false;
      }
    }
    return rules.isEmpty();
  }
}
