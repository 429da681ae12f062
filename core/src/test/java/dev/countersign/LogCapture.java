package dev.countersign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that the kit logs, at every level, while it is open. */
final class LogCapture extends Handler implements AutoCloseable {

  final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Logger logger = Logger.getLogger("dev.countersign");
  private final Level before = logger.getLevel();

  LogCapture() {
    setLevel(Level.ALL);
    setFormatter(new SimpleFormatter());
    logger.setLevel(Level.ALL);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(record.getLevel() + " " + getFormatter().formatMessage(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
