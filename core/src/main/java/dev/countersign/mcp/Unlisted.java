package dev.countersign.mcp;

/** What happens to what no rule names. */
public enum Unlisted {
  /** What every token of the resource must have is enough. */
  ALLOW("allow"),
  /** For methods only: the same for those that are in MCP; others are denied. */
  KNOWN("known"),
  /** It is denied. */
  DENY("deny");

  private final String word;

  Unlisted(String word) {
    this.word = word;
  }

  /**
   * The value as settings spell it.
   *
   * @return one word in lower case
   */
  public String word() {
    return word;
  }

  /**
   * Reads a value.
   *
   * @param word as settings spell it
   * @param kind what it is for
   * @return the value
   * @throws IllegalArgumentException if there is none such for that kind
   */
  public static Unlisted parse(String word, Target.Kind kind) {
    for (Unlisted one : values()) {
      if (one.word.equals(word) && one.isFor(kind)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        kind == Target.Kind.METHOD ? "expected allow, known or deny" : "expected allow or deny");
  }

  @Override
  public String toString() {
    return word;
  }

  /**
   * Whether a kind can have this value.
   *
   * @param kind what it is for
   * @return true but for {@link #KNOWN} and what is no method
   */
  public boolean isFor(Target.Kind kind) {
    return this != KNOWN || kind == Target.Kind.METHOD;
  }
}
