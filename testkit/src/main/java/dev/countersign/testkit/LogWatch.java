package dev.countersign.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Everything that is logged below one name, as far as java.util.logging gets to see it. */
final class LogWatch extends Handler implements AutoCloseable {

  private final Logger logger;
  private final @Nullable Level before;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogWatch(Logger logger) {
    this.logger = logger;
    this.before = logger.getLevel();
    setFormatter(new SimpleFormatter());
    setLevel(Level.ALL);
  }

  static LogWatch of(String name) {
    LogWatch watch = new LogWatch(Logger.getLogger(name));
    watch.logger.setLevel(Level.ALL);
    watch.logger.addHandler(watch);
    return watch;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(getFormatter().format(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
