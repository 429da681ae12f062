package dev.countersign.config;

import dev.countersign.internal.Nearest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Translates sources of settings into builder calls. Collects every problem. */
final class ConfigReader {

  private static final String GROUP = "(resources|issuers)\\.([A-Za-z0-9_-]+)\\.(.+)";

  private final Problems problems;
  private final ConfigBuilder builder;
  private final Set<String> seen = new HashSet<>();

  ConfigReader(ConfigBuilder builder, Problems problems) {
    this.builder = builder;
    this.problems = problems;
  }

  /**
   * Reads the sources, the strongest first: a key of a stronger source hides that of a weaker one.
   */
  void read(List<SettingSource> sources) {
    for (SettingSource source : sources) {
      problems.addAll(source.problems());
      for (Map.Entry<String, String> value : new TreeMap<>(source.values()).entrySet()) {
        if (seen.add(value.getKey())) {
          read(source, value.getKey(), value.getValue());
        }
      }
    }
    problems.in("");
  }

  private void read(SettingSource source, String key, String value) {
    problems.reading(key, source.placeOf(key));
    if (Secrets.isSecret(key) && source.isCommandLine()) {
      problems.add(
          key,
          Secrets.shown(key, value),
          "expected "
              + key
              + "-file, or an environment variable: every user of the machine sees a command line");
    } else {
      read(key, value);
    }
  }

  private void read(String key, String value) {
    // Most configurations have no groups, and none of them waits for the expression then.
    boolean maybe = key.startsWith("resources.") || key.startsWith("issuers.");
    Matcher group = maybe ? Pattern.compile(GROUP).matcher(key) : null;
    if (group == null || !group.matches()) {
      apply(key, key, value, builder.primaryResource(), builder.commonIssuer(), null);
    } else if (group.group(1).equals("resources")) {
      apply(
          key,
          group.group(3),
          value,
          builder.resource(group.group(2)),
          builder.commonIssuer(),
          Setting.Level.RESOURCE);
    } else {
      apply(
          key,
          group.group(3),
          value,
          builder.primaryResource(),
          builder.issuer(group.group(2)),
          Setting.Level.ISSUER);
    }
  }

  private void apply(
      String fullKey,
      String key,
      String value,
      ResourceBuilder resource,
      IssuerBuilder issuer,
      Setting.@Nullable Level only) {
    for (Setting setting : Setting.values()) {
      Optional<String> name = setting.match(key);
      if (name.isPresent() && (only == null || setting.level() == only)) {
        if (value.isBlank()) {
          problems.add(fullKey, value, "expected a value; leave the setting out for its default");
          return;
        }
        SettingTarget target = new SettingTarget(builder, resource, issuer, name.get());
        problems.check(
            fullKey, Secrets.shown(key, value), () -> target.apply(setting, value.strip()));
        return;
      }
    }
    String nearest = nearest(key, only);
    String group = fullKey.substring(0, fullKey.length() - key.length());
    problems.add(
        fullKey,
        mayBeSecret(key, nearest) ? Secrets.hidden(value) : value,
        "there is no such setting"
            + (Nearest.isNear(key, nearest) ? "; the nearest is \"" + group + nearest + "\"" : ""));
  }

  private static boolean mayBeSecret(String key, String nearest) {
    return Secrets.isSecret(key)
        || Secrets.isSecret(nearest)
        || Arrays.stream(Setting.values())
            .map(Setting::key)
            .anyMatch(known -> Secrets.isSecret(known) && Nearest.isNear(key, known));
  }

  private static String nearest(String key, Setting.@Nullable Level only) {
    return Nearest.of(
        key,
        Arrays.stream(Setting.values())
            .filter(setting -> only == null || setting.level() == only)
            .map(Setting::key)
            .toList());
  }
}
