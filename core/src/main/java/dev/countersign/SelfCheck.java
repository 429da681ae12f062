package dev.countersign;

import dev.countersign.spi.Finding;
import java.lang.System.Logger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What the server has found out about itself, and whether it serves all the same. Thread-safe. */
final class SelfCheck {

  private static final Logger LOG = System.getLogger("dev.countersign");

  /** Who looks; each look of the same part replaces what the last one has found. */
  enum Part {
    /** The settings alone. */
    CONFIGURATION,
    /** The authorization servers, asked at start. */
    AUTHORIZATION_SERVERS,
    /** The place where the engine was attached. */
    ATTACHMENT
  }

  private final boolean strict;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<Finding>> byPart = new LinkedHashMap<>();
  private volatile List<Finding> findings = List.of();
  private volatile boolean refusing;

  SelfCheck(boolean strict) {
    this.strict = strict;
  }

  /** Keeps and logs what a part has found. */
  void report(Part part, List<Finding> found) {
    keep(part.name(), found);
  }

  /** Keeps and logs what a call to a port of this very server has found. */
  void report(int port, List<Finding> found) {
    keep("port " + port, found);
  }

  private void keep(String part, List<Finding> found) {
    lock.lock();
    try {
      byPart.put(part, List.copyOf(found));
      findings = byPart.values().stream().flatMap(Collection::stream).distinct().toList();
      found.stream()
          .distinct()
          .forEach(finding -> LOG.log(level(finding), "self-check: " + finding));
      boolean was = refusing;
      refusing = strict && findings.stream().anyMatch(SelfCheck::isError);
      if (refusing && !was) {
        LOG.log(Logger.Level.ERROR, "nothing is served because of these errors (strict-start)");
      }
    } finally {
      lock.unlock();
    }
  }

  List<Finding> findings() {
    return findings;
  }

  boolean isRefusing() {
    return refusing;
  }

  private static boolean isError(Finding finding) {
    return finding.level() == Finding.Level.ERROR;
  }

  private static Logger.Level level(Finding finding) {
    return switch (finding.level()) {
      case ERROR -> Logger.Level.ERROR;
      case WARNING -> Logger.Level.WARNING;
      case INFO -> Logger.Level.INFO;
    };
  }
}
