package dev.countersign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. */
public final class SettableClock extends Clock {

  private volatile Instant now;

  SettableClock() {
    this(Instant.parse("2026-11-25T00:00:00Z"));
  }

  /**
   * Stands at an instant.
   *
   * @param now the instant
   */
  public SettableClock(Instant now) {
    this.now = now;
  }

  /**
   * Moves it.
   *
   * @param duration by how much
   */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
