package dev.countersign;

import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.Passthrough;
import dev.countersign.spi.Repair;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** Listeners that may throw, made harmless. */
final class Listeners {

  private static final Logger LOG = System.getLogger("dev.countersign");

  private final DecisionListener[] listeners;

  Listeners(List<DecisionListener> listeners) {
    this.listeners = listeners.toArray(DecisionListener[]::new);
  }

  void tell(DecisionEvent event) {
    each(listener -> listener.onDecision(event));
  }

  void tell(Repair repair) {
    each(listener -> listener.onRepair(repair));
  }

  void tell(Passthrough passthrough) {
    each(listener -> listener.onPassthrough(passthrough));
  }

  private void each(Consumer<DecisionListener> news) {
    for (DecisionListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        // The message may hold what the listener was told, so only the class is named.
        LOG.log(Level.WARNING, "a decision listener failed with {0}", e.getClass().getName());
      }
    }
  }
}
