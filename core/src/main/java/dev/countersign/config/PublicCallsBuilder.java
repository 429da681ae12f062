package dev.countersign.config;

import dev.countersign.mcp.PublicCalls;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The calls of one resource that need no access token. Values are checked when the configuration is
 * built. Not thread-safe.
 */
public final class PublicCallsBuilder {

  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E&&[^*]]{1,128}");

  private final Problems problems;
  private final String prefix;
  private final Set<String> methods = new LinkedHashSet<>();
  private final Set<String> tools = new LinkedHashSet<>();

  PublicCallsBuilder(Problems problems, String prefix) {
    this.problems = problems;
    this.prefix = prefix;
  }

  /**
   * Relaxation: a method that needs no token. A token that comes with it is verified all the same.
   *
   * @param name the exact name, but not {@code tools/call}, which would be every tool
   * @return this builder
   */
  public PublicCallsBuilder method(String name) {
    if (name.equals("tools/call")) {
      problems.add(
          prefix + "public-methods", name, "expected the tools that are public in public-tools");
    } else if (isName("public-methods", name, "a method")) {
      methods.add(name);
    }
    return this;
  }

  /**
   * Relaxation: a tool whose calls need no token. A token that comes with one is verified all the
   * same.
   *
   * @param name the exact name
   * @return this builder
   */
  public PublicCallsBuilder tool(String name) {
    if (isName("public-tools", name, "a tool")) {
      tools.add(name);
    }
    return this;
  }

  private boolean isName(String setting, String name, String what) {
    boolean plain = NAME.matcher(name).matches();
    if (!plain) {
      problems.add(
          prefix + setting,
          name,
          "expected the exact name of " + what + ": 1 to 128 visible ASCII characters without *");
    }
    return plain;
  }

  boolean isUntouched() {
    return methods.isEmpty() && tools.isEmpty();
  }

  /**
   * What was built.
   *
   * @param ruled the tools that have a rule of their own
   */
  PublicCalls build(Set<String> ruled) {
    String key = prefix + "public-tools";
    problems.about(key);
    tools.stream()
        .filter(ruled::contains)
        .forEach(
            tool ->
                problems.add(
                    key,
                    tool,
                    "expected a tool without a rule: it is public, or it needs a token"));
    return isUntouched() ? PublicCalls.NONE : new PublicCalls(methods, tools);
  }
}
