package dev.countersign.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A place where settings are written: their keys without any prefix, their values, and how to name
 * the place in a message. Immutable.
 *
 * @param kind what kind of place it is, {@code system property} for instance
 * @param values each value by its key
 * @param names each key by how it is spelt at that place
 * @param problems what is wrong with the place itself, told with everything else that is wrong
 */
public record SettingSource(
    String kind, Map<String, String> values, Map<String, String> names, List<Problem> problems) {

  private static final String CONFIG = "config";
  private static final String PROPERTY = "system property";
  private static final String VARIABLE = "environment variable";
  private static final String PROPERTY_PREFIX = "countersign.";
  private static final String VARIABLE_PREFIX = "COUNTERSIGN_";

  /** Copies the maps and the list. */
  public SettingSource {
    values = Map.copyOf(values);
    names = Map.copyOf(names);
    problems = List.copyOf(problems);
  }

  /** Values may be secrets, of a client of introspection for instance. */
  @Override
  public String toString() {
    return kind + " with " + new TreeSet<>(values.keySet());
  }

  /**
   * Every system property that begins with {@code countersign.}.
   *
   * @return the source
   */
  public static SettingSource systemProperties() {
    SettingDraft draft = new SettingDraft(PROPERTY);
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PROPERTY_PREFIX)) {
        draft.put(name.substring(PROPERTY_PREFIX.length()), name, System.getProperty(name, ""));
      }
    }
    return draft.source();
  }

  /**
   * Every environment variable that begins with {@code COUNTERSIGN_}: {@code
   * COUNTERSIGN_CLOCK_SKEW} is {@code clock-skew}. Keys with a name in them, {@code
   * scopes.tool.NAME} for instance, cannot be spelt so.
   *
   * @param environment the variables, {@link System#getenv()} for instance
   * @return the source; the variables of a Kubernetes Service with such a name are one problem of
   *     it
   */
  public static SettingSource environment(Map<String, String> environment) {
    SettingDraft draft = new SettingDraft(VARIABLE);
    boolean linked = false;
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(VARIABLE_PREFIX)) {
        if (!ServiceLinks.has(name, variable.getValue())) {
          draft.put(key(name), name, variable.getValue());
        } else if (!linked) {
          linked = true;
          draft.refuse(key(name), name, variable.getValue(), ServiceLinks.EXPECTATION);
        }
      }
    }
    return draft.source();
  }

  private static String key(String variable) {
    return variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A properties file in UTF-8.
   *
   * @param file the file
   * @return the source; that it cannot be read, and a key that is there twice, are problems of it
   */
  public static SettingSource file(Path file) {
    return PropertiesFile.read(file.toString(), "");
  }

  /**
   * Parameters that someone else has read, init-params of a filter for instance.
   *
   * @param kind what a message calls them
   * @param values each value by its key
   * @return the source
   */
  public static SettingSource of(String kind, Map<String, String> values) {
    return new SettingSource(kind, values, Map.of(), List.of());
  }

  /**
   * The argument of a Java agent: {@code key=value} with commas between them. A comma that no key
   * follows belongs to the value: {@code
   * resource=https://a/mcp,authorization-servers=https://b,https://c}.
   *
   * @param argument what stands behind {@code -javaagent:JAR=}; empty for none
   * @return the source; a part without a key and a key that is there twice are problems of it
   */
  public static SettingSource agentArguments(String argument) {
    return AgentArgument.read(argument);
  }

  /**
   * The usual sources, the strongest first: system properties, environment, what the caller adds,
   * and the file that the key {@code config} of any of these names.
   *
   * @param more what the caller adds, init-params for instance, the strongest first
   * @return the sources; that there is such a file and it cannot be read is a problem of the last
   */
  public static List<SettingSource> all(SettingSource... more) {
    List<SettingSource> sources = new ArrayList<>();
    sources.add(systemProperties());
    sources.add(environment(System.getenv()));
    sources.addAll(List.of(more));
    for (SettingSource source : List.copyOf(sources)) {
      String file = source.values().getOrDefault(CONFIG, "");
      if (!file.isBlank()) {
        sources.add(PropertiesFile.read(file.strip(), source.placeOf(CONFIG)));
        break;
      }
    }
    return List.copyOf(sources);
  }

  /** Whether other users of the machine can read the values in its list of processes. */
  boolean isCommandLine() {
    return kind.equals(PROPERTY) || kind.equals(AgentArgument.KIND);
  }

  /** How a message names the place of one key. */
  String placeOf(String key) {
    return names.containsKey(key) ? kind + " " + names.get(key) : kind;
  }
}
