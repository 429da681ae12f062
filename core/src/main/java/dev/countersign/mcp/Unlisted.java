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
   * @return the value
   * @throws IllegalArgumentException if there is none such
   */
  public static Unlisted parse(String word) {
    for (Unlisted one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("expected allow or deny, for methods also known");
  }
}
