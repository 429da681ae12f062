package dev.countersign.mcp;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a rule is about. Names are compared code point by code point, whatever they look like.
 * Immutable.
 *
 * @param kind what is named
 * @param name the method, the tool, the prompt, or the pattern of the URIs of resources
 * @param arguments for a tool, the values that make a call of it special, by the names of the
 *     arguments: strings, booleans and numbers; none for every call
 */
public record Target(Kind kind, String name, Map<String, Object> arguments) {

  private static final Pattern METHOD = Pattern.compile("[\\x21-\\x7E&&[^*]]{1,128}");

  // Whatever a server may call its tools, but for what nobody sees in a configuration.
  private static final Pattern NAME =
      Pattern.compile("(?!\\s)[^*\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,256}(?<!\\s)");

  private static final int MAX_URI = 2048;

  /** The kinds of things that a rule can be about. */
  public enum Kind {
    /** A JSON-RPC method. */
    METHOD("method"),
    /** A tool. */
    TOOL("tool"),
    /** A prompt. */
    PROMPT("prompt"),
    /** One or more resources. */
    RESOURCE("resource");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /**
     * The kind as settings spell it.
     *
     * @return one word in lower case
     */
    public String word() {
      return word;
    }
  }

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if something that is no tool has arguments, or a value has
   *     another type
   */
  public Target {
    Map<String, Object> typed = new TreeMap<>();
    arguments.forEach((argument, value) -> typed.put(argument, typed(value)));
    // Every call makes a target, most of them without arguments.
    arguments = typed.isEmpty() ? Map.of() : Collections.unmodifiableMap(typed);
    if (kind != Kind.TOOL && !arguments.isEmpty()) {
      throw new IllegalArgumentException("only the arguments of a tool make a call special");
    }
  }

  /**
   * Every call of a method for which no other rule is more special.
   *
   * @param method the exact method
   * @return the target
   */
  public static Target method(String method) {
    return new Target(Kind.METHOD, method, Map.of());
  }

  /**
   * Every call of a tool.
   *
   * @param tool its exact name
   * @return the target
   */
  public static Target tool(String tool) {
    return new Target(Kind.TOOL, tool, Map.of());
  }

  /**
   * Every use of a prompt.
   *
   * @param prompt its exact name
   * @return the target
   */
  public static Target prompt(String prompt) {
    return new Target(Kind.PROMPT, prompt, Map.of());
  }

  /**
   * Every use of a resource.
   *
   * @param pattern its exact URI; or one with variables in the place of whole segments, {@code
   *     db://{name}/schema}; or one that ends in <code>/*</code>, for everything below
   * @return the target
   */
  public static Target resource(String pattern) {
    return new Target(Kind.RESOURCE, pattern, Map.of());
  }

  /**
   * The calls among these in which an argument has a value.
   *
   * @param argument the name of the argument
   * @param value a string, a boolean, or a number; numbers are compared by value, and never with a
   *     string
   * @return the target
   * @throws IllegalArgumentException if this is no tool, or the value has another type
   */
  public Target with(String argument, Object value) {
    Map<String, Object> more = new TreeMap<>(arguments);
    more.put(argument, value);
    return new Target(kind, name, more);
  }

  /**
   * Checks that a rule can be for it.
   *
   * @throws IllegalArgumentException if the method is not 1 to 128 visible ASCII characters; if the
   *     tool or the prompt is not 1 to 256 characters, none of them a control character, none at
   *     the ends white space; if the resource is neither 1 to 2048 characters of a URI nor a
   *     pattern
   */
  public void check() {
    Pattern grammar = kind == Kind.METHOD ? METHOD : NAME;
    if (kind != Kind.RESOURCE && !grammar.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected the name of a "
              + kind.word()
              + (kind == Kind.METHOD
                  ? ": 1 to 128 visible ASCII characters without *"
                  : ": 1 to 256 characters without *, no control character, no white space at the"
                      + " ends"));
    }
    if (kind == Kind.RESOURCE && (name.isEmpty() || name.length() > MAX_URI)) {
      throw new IllegalArgumentException("expected a URI of 1 to 2048 characters");
    }
    if (kind == Kind.RESOURCE && UriPattern.isPattern(name)) {
      UriPattern.parse(name);
    }
  }

  /** The value in the form in which equal values are equal objects. */
  private static Object typed(Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Integer || value instanceof Long || value instanceof BigDecimal) {
      return number(value);
    }
    throw new IllegalArgumentException("expected a string, a boolean or a number");
  }

  static BigDecimal number(Object value) {
    BigDecimal number =
        value instanceof BigDecimal decimal
            ? decimal
            : BigDecimal.valueOf(((Number) value).longValue());
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /**
   * The target as messages spell it.
   *
   * @return kind, name and arguments
   */
  @Override
  public String toString() {
    return kind.word() + " " + name + (arguments.isEmpty() ? "" : " with " + arguments);
  }
}
