package dev.countersign.config;

import dev.countersign.mcp.PolicyRules;
import dev.countersign.mcp.PublicCalls;
import dev.countersign.mcp.Target;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The calls of one resource that need no access token. Values are checked when the configuration is
 * built. Not thread-safe.
 */
public final class PublicCallsBuilder {

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
    } else if (isName("public-methods", Target.method(name))) {
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
    if (isName("public-tools", Target.tool(name))) {
      tools.add(name);
    }
    return this;
  }

  private boolean isName(String setting, Target named) {
    return problems.check(prefix + setting, named.name(), named::check);
  }

  boolean isUntouched() {
    return methods.isEmpty() && tools.isEmpty();
  }

  /**
   * What was built.
   *
   * @param rules of the same resource
   */
  PublicCalls build(PolicyRules rules) {
    refuse("public-methods", methods, PolicyDraft.named(rules, Target.Kind.METHOD));
    refuse("public-tools", tools, PolicyDraft.named(rules, Target.Kind.TOOL));
    return isUntouched() ? PublicCalls.NONE : new PublicCalls(methods, tools);
  }

  private void refuse(String setting, Set<String> names, Set<String> ruled) {
    String key = prefix + setting;
    problems.about(key);
    for (String name : names) {
      if (ruled.contains(name)) {
        problems.add(key, name, "expected no rule for it: it is public, or it needs a token");
      }
    }
  }
}
