package dev.countersign.agent.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The hook points that count in this JVM, by class. Immutable. */
final class HookPoints {

  private final Map<String, List<HookPoint>> byClass;

  /**
   * Those of all servers.
   *
   * @param clients whether those of HTTP clients count too
   */
  HookPoints(boolean clients) {
    this.byClass =
        Arrays.stream(HookPoint.values())
            .filter(point -> clients || !point.isClient())
            .collect(Collectors.groupingBy(HookPoint::internalName));
  }

  /** The hook points in a class, by its internal name; empty for most classes. */
  List<HookPoint> in(String internalName) {
    return byClass.getOrDefault(internalName, List.of());
  }
}
