package dev.countersign.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place where settings are written: their keys without any prefix, their values, and how to name
 * the place in a message. Immutable.
 *
 * @param kind what kind of place it is, {@code system property} for instance
 * @param values each value by its key
 * @param names each key by how it is spelt at that place
 */
public record SettingSource(String kind, Map<String, String> values, Map<String, String> names) {

  private static final String PROPERTY = "system property";
  private static final String AGENT_ARGUMENT = "agent argument";
  private static final String WHITE_SPACE = " \t\n\u000B\f\r";
  private static final String PROPERTY_PREFIX = "countersign.";
  private static final String VARIABLE_PREFIX = "COUNTERSIGN_";

  /** Copies the maps. */
  public SettingSource {
    values = Map.copyOf(values);
    names = Map.copyOf(names);
  }

  /**
   * Every system property that begins with {@code countersign.}.
   *
   * @return the source
   */
  public static SettingSource systemProperties() {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PROPERTY_PREFIX)) {
        String key = name.substring(PROPERTY_PREFIX.length());
        values.put(key, System.getProperty(name, ""));
        names.put(key, name);
      }
    }
    return new SettingSource(PROPERTY, values, names);
  }

  /**
   * Every environment variable that begins with {@code COUNTERSIGN_}: {@code
   * COUNTERSIGN_CLOCK_SKEW} is {@code clock-skew}. Keys with a name in them, {@code
   * scopes.tool.NAME} for instance, cannot be spelt so.
   *
   * @param environment the variables, {@link System#getenv()} for instance
   * @return the source
   */
  public static SettingSource environment(Map<String, String> environment) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> sorted = new TreeSet<>();
    for (String name : environment.keySet()) {
      if (name.startsWith(VARIABLE_PREFIX)) {
        sorted.add(name);
      }
    }
    for (String name : sorted) {
      String key = name.substring(VARIABLE_PREFIX.length());
      key = key.toLowerCase(Locale.ROOT).replace('_', '-');
      values.put(key, environment.getOrDefault(name, ""));
      names.put(key, name);
    }
    return new SettingSource("environment variable", values, names);
  }

  /**
   * A properties file in UTF-8.
   *
   * @param file the file
   * @return the source
   * @throws ConfigException if it cannot be read
   */
  public static SettingSource file(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file.toString());
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key, ""));
    }
    return new SettingSource("file " + file, values, Map.of());
  }

  /**
   * Parameters that someone else has read, init-params of a filter for instance.
   *
   * @param kind what a message calls them
   * @param values each value by its key
   * @return the source
   */
  public static SettingSource of(String kind, Map<String, String> values) {
    return new SettingSource(kind, values, Map.of());
  }

  /**
   * The argument of a Java agent: {@code key=value} with commas between them. A comma that no key
   * follows belongs to the value: {@code
   * resource=https://a/mcp,authorization-servers=https://b,https://c}.
   *
   * @param argument what stands behind {@code -javaagent:JAR=}; empty for none
   * @return the source
   * @throws ConfigException if a part has no key, or a key is there twice
   */
  public static SettingSource agentArguments(String argument) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String part : parts(argument)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals).strip();
      String value = equals < 0 ? "" : part.substring(equals + 1);
      if (equals < 0) {
        problems.add(new Problem(key, "", AGENT_ARGUMENT, "expected key=value"));
      } else if (values.putIfAbsent(key, value) != null) {
        problems.add(new Problem(key, value, AGENT_ARGUMENT, "expected each key once"));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new SettingSource(AGENT_ARGUMENT, values, Map.of());
  }

  // Read by hand: a regular expression costs more than all the rest, before the application starts.
  private static List<String> parts(String argument) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at < argument.length(); at++) {
      if (argument.charAt(at) == ',' && isKey(argument, at + 1)) {
        parts.add(argument.substring(begin, at));
        begin = at + 1;
      }
    }
    if (!argument.isBlank()) {
      parts.add(argument.substring(begin));
    }
    return parts;
  }

  // *white-space lower-case *( letter / digit / "." / "_" / "-" ) "="
  private static boolean isKey(String argument, int from) {
    int at = from;
    while (at < argument.length() && WHITE_SPACE.indexOf(argument.charAt(at)) >= 0) {
      at++;
    }
    if (at == argument.length() || argument.charAt(at) < 'a' || argument.charAt(at) > 'z') {
      return false;
    }
    while (at < argument.length() && isKeyCharacter(argument.charAt(at))) {
      at++;
    }
    return at < argument.length() && argument.charAt(at) == '=';
  }

  private static boolean isKeyCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  /**
   * The usual sources, the strongest first: system properties, environment, what the caller adds,
   * and the file that the key {@code config} of any of these names.
   *
   * @param more what the caller adds, init-params for instance, the strongest first
   * @return the sources
   * @throws ConfigException if there is such a file and it cannot be read
   */
  public static List<SettingSource> all(SettingSource... more) {
    List<SettingSource> sources = new ArrayList<>();
    sources.add(systemProperties());
    sources.add(environment(System.getenv()));
    sources.addAll(List.of(more));
    String file = named(sources);
    if (!file.isBlank()) {
      sources.add(file(path(file)));
    }
    return List.copyOf(sources);
  }

  private static String named(List<SettingSource> sources) {
    for (SettingSource source : sources) {
      String file = source.values().getOrDefault("config", "");
      if (!file.isBlank()) {
        return file;
      }
    }
    return "";
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw unreadable(file);
    }
  }

  private static ConfigException unreadable(String file) {
    return new ConfigException(
        new Problem("config", file, "", "expected a readable properties file in UTF-8"));
  }

  /** Whether other users of the machine can read the values in its list of processes. */
  boolean isCommandLine() {
    return kind.equals(PROPERTY) || kind.equals(AGENT_ARGUMENT);
  }

  /** How a message names the place of one key. */
  String placeOf(String key) {
    return names.containsKey(key) ? kind + " " + names.get(key) : kind;
  }
}
