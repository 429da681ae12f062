package dev.countersign.conformance;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All rules. */
public final class Suite {

  private static final List<Rule> RULES =
      Stream.of(
              ChallengeRules.all(),
              StatusRules.all(),
              CredentialRules.all(),
              TokenRules.all(),
              OpaqueRules.all(),
              ScopeRules.all(),
              StepUpRules.all(),
              ProofRules.all(),
              DpopRules.all(),
              MetadataRules.all(),
              OriginRules.all(),
              TransportRules.all(),
              SessionRules.all())
          .flatMap(List::stream)
          .toList();

  private Suite() {}

  /**
   * Every rule, in the order of the report.
   *
   * @return an unmodifiable list
   */
  public static List<Rule> rules() {
    return RULES;
  }

  /**
   * Holds a server to every rule.
   *
   * @param name how the report calls it
   * @param subject the server
   * @return what came of it
   */
  public static Report run(String name, Subject subject) {
    Map<Rule, Outcome> outcomes = new LinkedHashMap<>();
    for (Rule rule : RULES) {
      outcomes.put(rule, outcome(rule, subject));
    }
    return new Report(name, outcomes);
  }

  private static Outcome outcome(Rule rule, Subject subject) {
    try {
      return rule.trial().run(subject);
    } catch (IOException e) {
      return new Outcome.Broken("no answer that is HTTP: " + e.getClass().getSimpleName());
    } catch (RuntimeException | AssertionError e) {
      // A field twice, or text that is no URL: the message could repeat a token.
      return new Outcome.Broken("an answer that cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
