package dev.countersign.mcp;

import dev.countersign.internal.Nearest;
import dev.countersign.mcp.PolicyFile.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a policy file, and takes note of what is wrong with each, so that all of it
 * can be said at once. Not thread-safe.
 */
final class FaultCollector {

  private final List<Fault> faults = new ArrayList<>();

  List<Fault> faults() {
    return faults;
  }

  /** The pointer to a member. */
  static String at(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  void add(String at, @Nullable Object value, String expectation) {
    boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
    faults.add(new Fault(at, plain ? String.valueOf(value) : "", expectation));
  }

  /** The members of an object with names of its own. */
  Map<String, Object> members(String at, @Nullable Object value) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, member) -> all.put((String) name, member));
    } else {
      add(at, value, "expected an object");
    }
    return all;
  }

  /** The members of an object whose names are fixed; without the others. */
  Map<String, Object> members(String at, @Nullable Object value, List<String> known) {
    Map<String, Object> all = members(at, value);
    for (String name : List.copyOf(all.keySet())) {
      if (!known.contains(name)) {
        String nearest = Nearest.of(name, known);
        String hint = Nearest.isNear(name, nearest) ? "; the nearest is \"" + nearest + "\"" : "";
        add(at(at, name), "", "there is no such member" + hint);
        all.remove(name);
      }
    }
    return all;
  }

  /**
   * What a text says.
   *
   * @param step reads it, and may refuse it
   * @param instead what to go on with if it is absent or refused
   */
  <T> T text(String at, @Nullable Object value, Function<String, T> step, T instead) {
    if (value instanceof String text) {
      try {
        return step.apply(text);
      } catch (IllegalArgumentException e) {
        add(at, value, String.valueOf(e.getMessage()));
      }
    } else if (value != null) {
      add(at, value, "expected a text, in quotes");
    }
    return instead;
  }
}
