package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads configurations from settings, for tests. */
final class Reading {

  static final Map<String, String> MINIMAL =
      Map.of("resource", "https://mcp.example/mcp", "authorization-servers", "https://id.example");

  private Reading() {}

  /** The smallest configuration and these keys and values. */
  static Map<String, String> minimalWith(String... keysAndValues) {
    Map<String, String> settings = new LinkedHashMap<>(MINIMAL);
    settings.putAll(map(keysAndValues));
    return settings;
  }

  static Map<String, String> map(String... keysAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int at = 0; at < keysAndValues.length; at += 2) {
      settings.put(keysAndValues[at], keysAndValues[at + 1]);
    }
    return settings;
  }

  static ResourceServerConfig read(Map<String, String> settings) {
    return ResourceServerConfig.read(List.of(SettingSource.of("test", settings)));
  }

  static ConfigException refused(Map<String, String> settings) {
    return assertThrows(ConfigException.class, () -> read(settings), settings::toString);
  }

  static List<Problem> problems(Map<String, String> settings) {
    return refused(settings).problems();
  }

  static Problem problem(String setting, String value, String expectation) {
    return new Problem(setting, value, "test", expectation);
  }
}
