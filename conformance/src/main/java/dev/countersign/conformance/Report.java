package dev.countersign.conformance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of holding a server to the rules. Immutable.
 *
 * @param name what the server is called
 * @param outcomes the outcome of each rule, in their order
 */
public record Report(String name, Map<Rule, Outcome> outcomes) {

  /** Copies the map. */
  public Report {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  /**
   * How many rules of a level were kept.
   *
   * @param level the level
   * @return a count
   */
  public long kept(Level level) {
    return outcomes.entrySet().stream()
        .filter(one -> one.getKey().level() == level && one.getValue() instanceof Outcome.Kept)
        .count();
  }

  /**
   * How many rules of a level were tried.
   *
   * @param level the level
   * @return a count
   */
  public long tried(Level level) {
    return outcomes.entrySet().stream()
        .filter(one -> one.getKey().level() == level)
        .filter(one -> !(one.getValue() instanceof Outcome.NotTried))
        .count();
  }

  /**
   * Whether every MUST that was tried was kept.
   *
   * @return false if one is broken, or none could be tried
   */
  public boolean conforms() {
    return tried(Level.MUST) > 0 && kept(Level.MUST) == tried(Level.MUST);
  }

  /**
   * Both reports as one: a rule is kept if it is kept wherever it was tried.
   *
   * @param other another report on the same server, set up in another way
   * @return a report with the name of this one
   */
  public Report with(Report other) {
    Map<Rule, Outcome> both = new LinkedHashMap<>(outcomes);
    other.outcomes.forEach((rule, outcome) -> both.merge(rule, outcome, Report::stronger));
    return new Report(name, both);
  }

  private static Outcome stronger(Outcome one, Outcome other) {
    return one instanceof Outcome.NotTried
        ? other
        : other instanceof Outcome.NotTried ? one : one.and(other);
  }

  /**
   * The rules that were broken.
   *
   * @return each with why, in their order
   */
  public Map<Rule, Outcome.Broken> broken() {
    Map<Rule, Outcome.Broken> broken = new LinkedHashMap<>();
    outcomes.forEach(
        (rule, outcome) -> {
          if (outcome instanceof Outcome.Broken why) {
            broken.put(rule, why);
          }
        });
    return Collections.unmodifiableMap(broken);
  }

  /**
   * How many rules could not be tried.
   *
   * @return a count
   */
  public long untried() {
    return untried(Level.MUST) + untried(Level.SHOULD);
  }

  /**
   * How many rules of a level could not be tried.
   *
   * @param level the level
   * @return a count
   */
  public long untried(Level level) {
    return outcomes.entrySet().stream()
        .filter(one -> one.getKey().level() == level)
        .filter(one -> one.getValue() instanceof Outcome.NotTried)
        .count();
  }

  /**
   * The result in a line.
   *
   * @return {@code name: MUST 60/60, SHOULD 20/21, not tried 3}
   */
  public String summary() {
    return name
        + ": MUST "
        + kept(Level.MUST)
        + "/"
        + tried(Level.MUST)
        + ", SHOULD "
        + kept(Level.SHOULD)
        + "/"
        + tried(Level.SHOULD)
        + (untried() == 0 ? "" : ", not tried " + untried());
  }

  /**
   * The report for a terminal.
   *
   * @param all whether rules that are kept are listed too
   * @return one line for each rule, and the summary
   */
  public String text(boolean all) {
    return outcomes.entrySet().stream()
            .filter(one -> all || !(one.getValue() instanceof Outcome.Kept))
            .map(one -> line(one.getKey(), one.getValue()) + "\n")
            .collect(Collectors.joining())
        + summary();
  }

  private static String line(Rule rule, Outcome outcome) {
    String mark = outcome instanceof Outcome.Broken ? "BROKEN" : outcome.word();
    String why = outcome.why().isEmpty() ? "" : ": " + outcome.why();
    return String.format("%-9s %-6s %-4s %s%s", mark, rule.level(), rule.id(), rule.title(), why);
  }
}
