package dev.countersign.testkit;

import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every decision it is told of. Thread-safe. */
public final class RecordingListener implements DecisionListener {

  private final List<DecisionEvent> events = new CopyOnWriteArrayList<>();

  /** Begins with no event. */
  public RecordingListener() {}

  @Override
  public void onDecision(DecisionEvent event) {
    events.add(event);
  }

  /**
   * Everything that was decided so far.
   *
   * @return the events in the order of their arrival
   */
  public List<DecisionEvent> events() {
    return List.copyOf(events);
  }

  /**
   * The newest event.
   *
   * @return the event
   * @throws IllegalStateException if nothing was decided yet
   */
  public DecisionEvent last() {
    List<DecisionEvent> all = events();
    if (all.isEmpty()) {
      throw new IllegalStateException("nothing was decided yet");
    }
    return all.get(all.size() - 1);
  }

  /** Forgets all events. */
  public void clear() {
    events.clear();
  }
}
