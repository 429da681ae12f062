package dev.countersign;

import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Listeners that may throw, made harmless. */
final class Listeners {

  private static final Logger LOG = System.getLogger("dev.countersign");

  private final List<DecisionListener> listeners;

  Listeners(List<DecisionListener> listeners) {
    this.listeners = listeners;
  }

  void tell(DecisionEvent event) {
    for (DecisionListener listener : listeners) {
      try {
        listener.onDecision(event);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        // The message may hold what the listener was told, so only the class is named.
        LOG.log(Level.WARNING, "a decision listener failed with {0}", e.getClass().getName());
      }
    }
  }
}
