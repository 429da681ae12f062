package dev.countersign.conformance;

import java.util.function.Predicate;

/** What has to be there before a rule can be tried. */
final class Needs {

  private Needs() {}

  /** A server that admits good tokens: of one that refuses everything nothing is learnt. */
  static Rule.Trial working(Rule.Trial trial) {
    return subject ->
        subject.works()
            ? trial.run(subject)
            : new Outcome.NotTried("the server refuses a good token");
  }

  static Rule.Trial jwt(Rule.Trial trial) {
    return having(
        subject -> subject.features().tokens().takesJwt(),
        "the server takes no JWT (--tokens)",
        working(trial));
  }

  static Rule.Trial opaque(Rule.Trial trial) {
    return having(
        subject -> subject.features().tokens().takesOpaque(),
        "the server takes no opaque token (--tokens)",
        trial);
  }

  static Rule.Trial dpop(Rule.Trial trial) {
    return having(
        subject -> subject.features().dpop(), "the server takes no bound token (--dpop)", trial);
  }

  /** A server that admits bound tokens. */
  static Rule.Trial workingDpop(Rule.Trial trial) {
    return dpop(
        subject ->
            subject.worksBound()
                ? trial.run(subject)
                : new Outcome.NotTried("the server refuses a good proof"));
  }

  /** A server that demands a nonce. */
  static Rule.Trial nonce(Rule.Trial trial) {
    return workingDpop(
        having(subject -> !subject.client().nonce().isEmpty(), "the server gives no nonce", trial));
  }

  static Rule.Trial scopedTool(Rule.Trial trial) {
    return having(
        subject -> subject.features().scopedTool().isPresent(),
        "no tool that needs more scope is named (--tool)",
        working(trial));
  }

  static Rule.Trial stepUpTool(Rule.Trial trial) {
    return having(
        subject -> subject.features().stepUpTool().isPresent(),
        "no tool that needs a stronger login is named (--step-up-tool)",
        working(trial));
  }

  /** Pages that may call: those of the server itself need no leave. */
  static Rule.Trial page(Rule.Trial trial) {
    return having(
        subject -> subject.features().page().isPresent(), "no page may call (--page)", trial);
  }

  static Rule.Trial session(Rule.Trial trial) {
    return working(
        subject ->
            subject.session().isPresent()
                ? trial.run(subject)
                : new Outcome.NotTried("the server begins no session"));
  }

  static Rule.Trial having(Predicate<Subject> has, String otherwise, Rule.Trial trial) {
    return subject -> has.test(subject) ? trial.run(subject) : new Outcome.NotTried(otherwise);
  }
}
