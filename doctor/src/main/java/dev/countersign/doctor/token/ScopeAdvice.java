package dev.countersign.doctor.token;

import dev.countersign.config.ConfigException;
import dev.countersign.oauth.Decision.Granted;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an accepted token has the scopes that the challenge asks for, and where they are if they
 * are not in their place. Immutable.
 *
 * @param trial judges the token
 * @param token what it says
 * @param wanted the scopes of the challenge
 * @param at when it is judged
 */
record ScopeAdvice(Trial trial, TokenContent token, List<String> wanted, Instant at) {

  private static final List<String> PLACES =
      List.of("scp", "scope", "scopes", "permissions", "roles");

  /** Adds the setting that finds them, or a note that they are missing. */
  void mend(Granted granted, Map<String, String> settings, List<String> notes) {
    Set<String> missing = missing(granted);
    if (missing.isEmpty()) {
      return;
    }
    for (String place : PLACES) {
      for (String prefix : prefixes(missing, token.scopes(place))) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put("scope-claims", place);
        if (!prefix.isEmpty()) {
          changed.put("scope-prefix", prefix);
        }
        if (finds(changed)) {
          settings.putAll(changed);
          return;
        }
      }
    }
    notes.add(
        "It lacks "
            + String.join(", ", missing)
            + ", which the challenge names: where that is needed, the answer is 403"
            + " insufficient_scope.");
  }

  private Set<String> missing(Granted granted) {
    Set<String> missing = new LinkedHashSet<>(wanted);
    missing.removeAll(granted.accessToken().scope().tokens());
    return missing;
  }

  private boolean finds(Map<String, String> settings) {
    try {
      return trial.judge(settings, at) instanceof Granted granted && missing(granted).isEmpty();
    } catch (ConfigException e) {
      return false;
    }
  }

  // api://x/mcp.read is asked for, mcp.read is granted.
  private static Set<String> prefixes(Set<String> missing, List<String> granted) {
    Set<String> prefixes = new LinkedHashSet<>();
    if (!granted.isEmpty()) {
      prefixes.add("");
    }
    String one = missing.iterator().next();
    granted.stream()
        .filter(scope -> one.endsWith("/" + scope) || one.endsWith(":" + scope))
        .map(scope -> one.substring(0, one.length() - scope.length()))
        .forEach(prefixes::add);
    return prefixes;
  }
}
