package dev.countersign.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what one place says. Each key can be there once. Not thread-safe. */
final class SettingDraft {

  private final String kind;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  SettingDraft(String kind) {
    this.kind = kind;
  }

  /** A setting at a place where keys are spelt as they are. */
  void put(String key, String value) {
    put(key, "", value);
  }

  /**
   * A setting.
   *
   * @param name how its key is spelt at this place; empty if as it is
   */
  void put(String key, String name, String value) {
    if (key.isEmpty()) {
      refuse("", name, value, "expected a key in front of the value");
    } else if (values.putIfAbsent(key, value) != null) {
      refuse(key, name, Secrets.shown(key, value), "expected each key once");
    } else if (!name.isEmpty()) {
      names.put(key, name);
    }
  }

  /** What cannot be a setting. */
  void refuse(String key, String name, String value, String expectation) {
    problems.add(new Problem(key, value, name.isEmpty() ? kind : kind + " " + name, expectation));
  }

  SettingSource source() {
    return new SettingSource(kind, values, names, problems);
  }
}
