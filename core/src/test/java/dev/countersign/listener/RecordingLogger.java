package dev.countersign.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged at DEBUG or above, one line each. */
final class RecordingLogger implements System.Logger {

  final List<String> lines = new ArrayList<>();
  Level threshold = Level.DEBUG;

  @Override
  public String getName() {
    return "test";
  }

  @Override
  public boolean isLoggable(Level level) {
    return level.compareTo(threshold) >= 0;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    lines.add(level + " " + message);
  }

  // A line with braces must not be taken for a pattern.
  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object... params) {
    if (params != null && params.length > 0) {
      throw new AssertionError("a message of the listener is no pattern");
    }
    lines.add(level + " " + format);
  }
}
