package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TestClockTest {

  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

  private final TestClock clock = TestClock.at(START);

  @Test
  void standsStillUntilItIsMoved() {
    assertEquals(START, clock.instant());

    clock.advance(Duration.ofSeconds(30));
    assertEquals(START.plusSeconds(30), clock.instant());

    clock.moveTo(START.minusSeconds(1));
    assertEquals(START.minusSeconds(1), clock.instant());
  }

  @Test
  void movesTogetherWithItsViewInAnotherZone() {
    Clock berlin = clock.withZone(ZoneId.of("Europe/Berlin"));

    clock.advance(Duration.ofHours(1));

    assertEquals(clock.instant(), berlin.instant());
    assertEquals(ZoneId.of("Europe/Berlin"), berlin.getZone());
  }
}
