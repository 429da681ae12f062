package dev.countersign.doctor.token;

import java.time.Duration;

/** Spans of time in words. */
final class Spans {

  private Spans() {}

  static String of(Duration span) {
    long seconds = Math.max(1, span.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " minutes" : seconds / 3600 + " hours";
  }
}
