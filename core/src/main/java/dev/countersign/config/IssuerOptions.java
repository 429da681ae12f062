package dev.countersign.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The settings of one authorization server, or of several alike, as they were given. The last value
 * of a setting counts. Not thread-safe.
 */
final class IssuerOptions {

  // What cannot stand alone is looked at with everything else.
  private static final Set<String> NEVER_ALONE =
      Set.of("extra-audiences", "client-id-as-audience", "absent-audience");

  /** One setting as it was given, applied to each issuer that it holds for. */
  record Option(String value, String place, Consumer<IssuerDraft> step) {}

  private final Problems problems;
  private final Map<String, Option> byKey = new LinkedHashMap<>();

  IssuerOptions(Problems problems) {
    this.problems = problems;
  }

  void put(String setting, String value, Consumer<IssuerDraft> step) {
    byKey.put(setting, new Option(value, problems.place(), step));
  }

  /** These options, and those of others for what is not given here. */
  IssuerOptions or(IssuerOptions others) {
    IssuerOptions all = new IssuerOptions(problems);
    all.byKey.putAll(others.byKey);
    all.byKey.putAll(byKey);
    return all;
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  boolean has(String setting) {
    return byKey.containsKey(setting);
  }

  /** The value as text; empty if the setting is not given. */
  String value(String setting) {
    Option option = byKey.get(setting);
    return option == null ? "" : option.value();
  }

  boolean isOn(String setting) {
    return value(setting).equals("true");
  }

  void forEach(BiConsumer<String, Option> action) {
    byKey.forEach(action);
  }

  /** Says that a setting does not fit the others, where it stands. */
  void refuse(String key, String setting, String expectation) {
    Option option = byKey.get(setting);
    String before = problems.place();
    problems.in(option == null ? "" : option.place());
    problems.add(key, value(setting), expectation);
    problems.in(before);
  }

  /**
   * Applies each option to an issuer that has no other fault, so that what is refused is this
   * setting.
   *
   * @return the options that stood the test
   */
  IssuerOptions sound(String front, ConfigBuilder config) {
    IssuerOptions sound = new IssuerOptions(problems);
    for (Map.Entry<String, Option> given : byKey.entrySet()) {
      String name = given.getKey();
      Option option = given.getValue();
      problems.in(option.place());
      if (problems.check(front + name, option.value(), () -> tryOut(name, option, config))) {
        sound.byKey.put(name, option);
      }
    }
    return sound;
  }

  private static void tryOut(String name, Option option, ConfigBuilder config) {
    IssuerDraft draft = new IssuerDraft("https://issuer.invalid", "tenant", config);
    option.step().accept(draft);
    if (!NEVER_ALONE.contains(name)) {
      draft.build();
    }
  }

  void applyTo(IssuerDraft draft) {
    for (Option option : byKey.values()) {
      option.step().accept(draft);
    }
  }
}
