package dev.countersign;

import dev.countersign.spi.Repair;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts every repair, tells the listeners, and logs each kind of repair once, with before and
 * after, to {@code dev.countersign.repairs}.
 */
final class RepairLog {

  private static final Logger LOG = System.getLogger("dev.countersign.repairs");

  /** An application that writes ever new texts must not fill the log. */
  static final int MAX_LINES = 256;

  private record Kind(
      int status, String field, List<String> before, List<String> after, boolean applied) {}

  private final Listeners listeners;
  private final AtomicLong count = new AtomicLong();
  private final Set<Kind> logged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean full = new AtomicBoolean();

  RepairLog(Listeners listeners) {
    this.listeners = listeners;
  }

  long count() {
    return count.get();
  }

  void note(Repair repair) {
    count.incrementAndGet();
    listeners.tell(repair);
    Kind kind =
        new Kind(
            repair.status(), repair.field(), repair.before(), repair.after(), repair.applied());
    if (logged.contains(kind)) {
      return;
    }
    if (logged.size() < MAX_LINES) {
      if (logged.add(kind)) {
        LOG.log(Level.INFO, line(repair));
      }
    } else if (full.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, "more than {0} kinds of repairs; others are only counted", MAX_LINES);
    }
  }

  private static String line(Repair repair) {
    String what =
        repair.before().equals(repair.after())
            ? "clients do not look at the "
            : repair.applied() ? "repaired the " : "would repair the ";
    return what
        + repair.field()
        + " of a response with status "
        + repair.status()
        + " for "
        + repair.resource()
        + ": "
        + shown(repair.before())
        + (repair.before().equals(repair.after()) ? "" : " became " + shown(repair.after()))
        + (repair.faults().isEmpty()
            ? ""
            : " (" + repair.faults().stream().sorted().toList() + ")");
  }

  private static String shown(List<String> lines) {
    return lines.isEmpty() ? "nothing" : lines.toString();
  }
}
