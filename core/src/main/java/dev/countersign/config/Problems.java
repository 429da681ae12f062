package dev.countersign.config;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what is wrong, so that all of it can be said at once. Not thread-safe. */
final class Problems {

  // What several issuers have in common is checked for each, and said once.
  private final Set<Problem> found = new LinkedHashSet<>();
  private final Map<String, String> places = new HashMap<>();
  private String place = "";

  /** Says where the values of the following calls come from. */
  void in(String newPlace) {
    place = newPlace;
  }

  /** Says where a setting was read, for what is said about it later. */
  void reading(String setting, String from) {
    places.put(setting, from);
    in(from);
  }

  /** Goes back to where a setting was read; to no place if it was given in code. */
  void about(String setting) {
    in(places.getOrDefault(setting, ""));
  }

  String place() {
    return place;
  }

  void add(String setting, String value, String expectation) {
    found.add(new Problem(setting, value, place, expectation));
  }

  /** Adds what is wrong with a place where settings stand. */
  void addAll(List<Problem> problems) {
    found.addAll(problems);
  }

  /**
   * Says that a setting is not there, unless that follows from what was said already: its value was
   * refused, or the file that may have it cannot be read.
   */
  void missing(String setting, String expectation) {
    if (!isTold(setting) && !isTold("config")) {
      add(setting, "", expectation);
    }
  }

  private boolean isTold(String setting) {
    return found.stream().anyMatch(problem -> problem.setting().equals(setting));
  }

  /** Runs a step that may refuse the value; its message becomes the expectation. */
  boolean check(String setting, String value, Runnable step) {
    try {
      step.run();
      return true;
    } catch (IllegalArgumentException e) {
      add(setting, value, String.valueOf(e.getMessage()));
      return false;
    }
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(List.copyOf(found));
    }
  }
}
