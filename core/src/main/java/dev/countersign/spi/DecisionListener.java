package dev.countersign.spi;

/**
 * Is told of every decision and of every repair, for audit and metrics. Must be thread-safe and
 * quick: it runs on the thread of the request. A listener that throws changes nothing.
 */
@FunctionalInterface
public interface DecisionListener {

  /**
   * Takes note of a decision.
   *
   * @param event what was decided
   */
  void onDecision(DecisionEvent event);

  /**
   * Takes note of a field of an application's response that was put right.
   *
   * @param repair what was put right
   */
  default void onRepair(Repair repair) {}

  /**
   * Takes note of an access token of a client that the application was about to send on.
   *
   * @param passthrough where it was to go
   */
  default void onPassthrough(Passthrough passthrough) {}
}
