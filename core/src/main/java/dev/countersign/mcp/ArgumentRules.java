package dev.countersign.mcp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requirement by the arguments of a call of one tool. A call in which one of the arguments that
 * the rules name is missing, or has a value of a type that no rule compares it with, is denied: the
 * tool could turn it into a value that a rule is for. Not changed after it was built, and
 * thread-safe then.
 */
final class ArgumentRules {

  // Rules of the same arguments, by the values.
  private final Map<List<String>, Map<List<Object>, Requirement>> byNames =
      new TreeMap<>(
          Comparator.<List<String>>comparingInt(List::size)
              .reversed()
              .thenComparing(List::toString));
  private final Map<String, Set<Class<?>>> types = new TreeMap<>();

  /** Adds a rule. */
  void add(Map<String, Object> arguments, Requirement requirement) {
    byNames
        .computeIfAbsent(List.copyOf(arguments.keySet()), names -> new HashMap<>())
        .put(List.copyOf(arguments.values()), requirement);
    arguments.forEach(
        (name, value) -> types.computeIfAbsent(name, n -> new HashSet<>()).add(value.getClass()));
  }

  /**
   * The rule for a call.
   *
   * @param arguments its arguments
   * @return empty if the values are none that a rule is for
   */
  Optional<Requirement> find(Map<?, ?> arguments) {
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, Set<Class<?>>> argument : types.entrySet()) {
      Object value = comparable(arguments.get(argument.getKey()));
      if (!argument.getValue().contains(value.getClass())) {
        return Optional.of(Requirement.DENIED);
      }
      values.put(argument.getKey(), value);
    }
    List<String> found = List.of();
    Optional<Requirement> requirement = Optional.empty();
    for (Map.Entry<List<String>, Map<List<Object>, Requirement>> shape : byNames.entrySet()) {
      Requirement hit = shape.getValue().get(valuesOf(shape.getKey(), values));
      if (hit != null && requirement.isEmpty()) {
        found = shape.getKey();
        requirement = Optional.of(hit);
      } else if (hit != null && !found.containsAll(shape.getKey())) {
        return Optional.of(Requirement.DENIED);
      }
    }
    return requirement;
  }

  /** The requirements of all rules. */
  List<Requirement> all() {
    return byNames.values().stream().flatMap(shape -> shape.values().stream()).toList();
  }

  private static List<Object> valuesOf(List<String> names, Map<String, Object> values) {
    List<Object> all = new ArrayList<>(names.size());
    names.forEach(name -> all.add(values.getOrDefault(name, "")));
    return all;
  }

  // A missing argument, an object, an array and null are of a type that no rule has.
  private static Object comparable(@Nullable Object value) {
    if (value instanceof Long || value instanceof BigDecimal) {
      return Target.number(value);
    }
    return value == null ? List.of() : value;
  }
}
