package dev.countersign.listener;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs what was not granted, to the logger {@code dev.countersign.decisions}: requests without
 * credentials at DEBUG, other denials at INFO, what could not be decided and tokens that were sent
 * without TLS at WARNING. At most one line a second for each reason; the next line says how many
 * were left out. Thread-safe.
 */
public final class LoggingListener implements DecisionListener {

  private final Logger log;
  private final Map<String, Throttle> throttles = new ConcurrentHashMap<>();

  /** Logs to the platform's logger. */
  public LoggingListener() {
    this(System.getLogger("dev.countersign.decisions"));
  }

  LoggingListener(Logger log) {
    this.log = log;
  }

  @Override
  public void onDecision(DecisionEvent event) {
    if (event.tokenInQuery()) {
      write(
          Level.WARNING,
          "saw TOKEN_IN_QUERY",
          event,
          "a token in a query is never used, and leaks");
    }
    String verdict = event.enforced() ? "refused " : "would refuse ";
    if (event.decision() instanceof Decision.Denied denied) {
      Level level = level(denied);
      // Most servers do not log requests without credentials: for these no text is made.
      if (log.isLoggable(level)) {
        write(level, verdict + denied.why().name(), event, detail(denied));
      }
    } else if (event.decision() instanceof Decision.Undecided undecided) {
      write(Level.WARNING, verdict + "UNDECIDED", event, undecided.cause());
    }
  }

  private static Level level(Decision.Denied denied) {
    if (denied.why() == Denial.CLEAR_TEXT && !denied.detail().isEmpty()) {
      return Level.WARNING;
    }
    return denied.why() == Denial.NO_CREDENTIALS ? Level.DEBUG : Level.INFO;
  }

  private static String detail(Decision.Denied denied) {
    if (denied.why() != Denial.MISSING_SCOPE) {
      return denied.detail();
    }
    return "needs " + denied.scope() + (denied.detail().isEmpty() ? "" : "; " + denied.detail());
  }

  private void write(Level level, String what, DecisionEvent event, String detail) {
    if (!log.isLoggable(level)) {
      return;
    }
    long leftOut =
        throttles.computeIfAbsent(what, w -> new Throttle()).pass(event.at().getEpochSecond());
    if (leftOut < 0) {
      return;
    }
    log.log(
        level,
        what
            + " "
            + printable(event.method())
            + " "
            + printable(event.path())
            + (detail.isEmpty() ? "" : ": " + printable(detail))
            + (leftOut == 0 ? "" : " (" + leftOut + " more since the last line)"));
  }

  private static String printable(String text) {
    String capped = text.length() > 200 ? text.substring(0, 200) + "..." : text;
    return capped.replaceAll("[^ -~]", "?");
  }

  /** Lets one line a second through and counts the others. */
  private static final class Throttle {

    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong leftOut = new AtomicLong();

    /** How many lines were left out before this one; negative if this one is left out too. */
    private long pass(long now) {
      long last = second.get();
      if (last == now || !second.compareAndSet(last, now)) {
        leftOut.incrementAndGet();
        return -1;
      }
      return leftOut.getAndSet(0);
    }
  }
}
