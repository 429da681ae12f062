package dev.countersign.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hook points that count in this JVM, by class. Immutable. */
final class HookPoints {

  private final Map<String, List<HookPoint>> byClass = new HashMap<>();

  /**
   * Those of all servers.
   *
   * @param clients whether those of HTTP clients count too
   */
  HookPoints(boolean clients) {
    for (HookPoint point : HookPoint.values()) {
      if (clients || !point.isClient()) {
        byClass.computeIfAbsent(point.internalName(), name -> new ArrayList<>()).add(point);
      }
    }
  }

  /** Whether there are hook points in a class. */
  boolean areIn(Class<?> loaded) {
    return !in(loaded).isEmpty();
  }

  /** The hook points in a class; empty for most classes. */
  List<HookPoint> in(Class<?> loaded) {
    return in(loaded.getName().replace('.', '/'));
  }

  /** The hook points in a class, by its internal name; empty for most classes. */
  List<HookPoint> in(String internalName) {
    return byClass.getOrDefault(internalName, List.of());
  }
}
