package dev.countersign;

import dev.countersign.spi.Passthrough;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts every token that was about to leave again, tells the listeners, and logs each way out once
 * to {@code dev.countersign.passthrough}. Thread-safe.
 */
final class PassthroughLog {

  private static final Logger LOG = System.getLogger("dev.countersign.passthrough");

  /** An application that calls ever new hosts must not fill the log. */
  static final int MAX_LINES = 256;

  private static final int MAX_HOST = 255;

  private record WayOut(String client, String host, boolean blocked) {}

  private final Listeners listeners;
  private final AtomicLong count = new AtomicLong();
  private final Set<WayOut> logged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean full = new AtomicBoolean();

  PassthroughLog(Listeners listeners) {
    this.listeners = listeners;
  }

  long count() {
    return count.get();
  }

  void note(Passthrough passthrough) {
    count.incrementAndGet();
    listeners.tell(passthrough);
    WayOut way =
        new WayOut(passthrough.client(), printable(passthrough.host()), passthrough.blocked());
    if (logged.contains(way)) {
      return;
    }
    if (logged.size() < MAX_LINES) {
      if (logged.add(way)) {
        LOG.log(Level.WARNING, line(way));
      }
    } else if (full.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, "more than {0} ways out; others are only counted", MAX_LINES);
    }
  }

  private static String line(WayOut way) {
    return (way.blocked() ? "not sent: " : "sent: ")
        + "the access token of a client in a request of "
        + way.client()
        + " to "
        + way.host()
        + "; another server must get a token of its own (said once)";
  }

  private static String printable(String host) {
    String capped = host.length() > MAX_HOST ? host.substring(0, MAX_HOST) + "..." : host;
    return capped.replaceAll("[^ -~]", "?");
  }
}
