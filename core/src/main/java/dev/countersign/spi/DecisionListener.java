package dev.countersign.spi;

/**
 * Is told of every decision, for audit and metrics. Must be thread-safe and quick: it runs on the
 * thread of the request. A listener that throws changes nothing.
 */
@FunctionalInterface
public interface DecisionListener {

  /**
   * Takes note of a decision.
   *
   * @param event what was decided
   */
  void onDecision(DecisionEvent event);
}
