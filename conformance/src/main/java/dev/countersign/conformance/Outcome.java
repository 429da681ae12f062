package dev.countersign.conformance;

/** What came of holding a server to a rule. Immutable. */
public sealed interface Outcome {

  /** The server keeps the rule. */
  record Kept() implements Outcome {

    @Override
    public String word() {
      return "kept";
    }

    @Override
    public String why() {
      return "";
    }
  }

  /**
   * The server breaks the rule.
   *
   * @param why what was seen and what was expected; never a token
   */
  record Broken(String why) implements Outcome {

    @Override
    public String word() {
      return "broken";
    }
  }

  /**
   * It could not be tried.
   *
   * @param why what is missing
   */
  record NotTried(String why) implements Outcome {

    @Override
    public String word() {
      return "not tried";
    }
  }

  /**
   * What it is called in reports.
   *
   * @return {@code kept}, {@code broken} or {@code not tried}
   */
  String word();

  /**
   * Why it is not kept.
   *
   * @return empty if it is
   */
  String why();

  /**
   * Kept if it holds.
   *
   * @param holds whether the rule is kept
   * @param why what to say otherwise
   * @return the outcome
   */
  static Outcome of(boolean holds, String why) {
    return holds ? new Kept() : new Broken(why);
  }

  /**
   * The first of two that is not kept.
   *
   * @param other the other outcome
   * @return this one unless it is kept
   */
  default Outcome and(Outcome other) {
    return this instanceof Kept ? other : this;
  }
}
