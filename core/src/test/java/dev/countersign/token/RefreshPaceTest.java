package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshPaceTest {

  private final FakeIssuer clock = new FakeIssuer();
  private final RefreshPace pace = new RefreshPace(clock);

  @Test
  void allowsTheFirstRefreshAtOnce() {
    assertTrue(pace.allowsRefresh());
  }

  @Test
  void KS2_J18_allowsTheNextAfterFiveSeconds() {
    pace.begin();
    clock.advance(Duration.ofMillis(4999));
    assertFalse(pace.allowsRefresh());
    clock.advance(Duration.ofMillis(1));
    assertTrue(pace.allowsRefresh());
  }

  @Test
  void KS11_pausesForAMinuteAtMost() {
    pace.begin();
    pace.pause(Duration.ofDays(10_000));
    clock.advance(Duration.ofMillis(59_999));
    assertFalse(pace.allowsRefresh());
    clock.advance(Duration.ofMillis(1));
    assertTrue(pace.allowsRefresh());
  }

  @Test
  void aPauseNeverShortensTheWait() {
    pace.begin();
    pace.pause(Duration.ZERO);
    pace.pause(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(4));
    assertFalse(pace.allowsRefresh());
  }
}
