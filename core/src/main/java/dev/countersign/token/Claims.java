package dev.countersign.token;

import dev.countersign.internal.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of a token by their name. The typed accessors are for claims that {@link ClaimRules}
 * has let through. Immutable.
 *
 * @param members the claims as they were read
 */
record Claims(Map<String, Object> members) {

  static final Json.Limits LIMITS = new Json.Limits(64 * 1024, 32, 2048, 64);

  boolean has(String name) {
    return members.containsKey(name);
  }

  Object value(String name) {
    return members.getOrDefault(name, Json.NULL);
  }

  Optional<String> text(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The first of these claims that is a string. */
  Optional<String> firstText(List<String> names) {
    for (String name : names) {
      Optional<String> text = text(name);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  /** A claim that is a string or an array of strings. */
  List<String> texts(String name) {
    Object value = value(name);
    if (value instanceof List<?> list) {
      return list.stream().map(String.class::cast).toList();
    }
    return value instanceof String text ? List.of(text) : List.of();
  }

  /** The claims but for those in which a text stands, a token for instance. */
  Claims without(String text) {
    Map<String, Object> kept = new LinkedHashMap<>(members);
    // A binding never goes, whatever it says: without it the token would be one for any bearer.
    kept.entrySet().removeIf(one -> !one.getKey().equals("cnf") && holds(one.getValue(), text));
    return kept.size() == members.size() ? this : new Claims(Collections.unmodifiableMap(kept));
  }

  private static boolean holds(Object value, String text) {
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(member -> holds(member, text));
    }
    return value instanceof List<?> list
        ? list.stream().anyMatch(element -> holds(element, text))
        : value instanceof String string && string.contains(text);
  }

  /** The claims for the application: without the nulls, for which Java has no value in a map. */
  Map<String, Object> withoutNulls() {
    return hasNull(members) ? cast(clean(members)) : members;
  }

  private static boolean hasNull(Object value) {
    if (value instanceof Map<?, ?> map) {
      return hasNullAmong(map.values());
    }
    return value instanceof List<?> list ? hasNullAmong(list) : value.equals(Json.NULL);
  }

  private static boolean hasNullAmong(Collection<?> values) {
    for (Object value : values) {
      if (hasNull(value)) {
        return true;
      }
    }
    return false;
  }

  private static Object clean(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      map.forEach((name, member) -> put(kept, name, member));
      return Collections.unmodifiableMap(kept);
    }
    if (value instanceof List<?> list) {
      List<Object> kept = new ArrayList<>();
      list.stream()
          .filter(element -> !element.equals(Json.NULL))
          .map(Claims::clean)
          .forEach(kept::add);
      return Collections.unmodifiableList(kept);
    }
    return value;
  }

  private static void put(Map<Object, Object> kept, Object name, Object member) {
    if (!member.equals(Json.NULL)) {
      kept.put(name, clean(member));
    }
  }

  @SuppressWarnings("unchecked") // the names of JSON are strings
  private static Map<String, Object> cast(Object map) {
    return (Map<String, Object>) map;
  }

  /** Prints no claim value. */
  @Override
  public String toString() {
    return "Claims[" + members.size() + "]";
  }
}
