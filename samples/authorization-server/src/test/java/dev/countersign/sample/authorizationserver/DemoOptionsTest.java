package dev.countersign.sample.authorizationserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

  private static final DemoOptions DEFAULTS = DemoOptions.defaults();

  @Test
  void changesOneThingAtATime() {
    DemoOptions changed =
        DEFAULTS
            .withPort(9000)
            .withScopes("a", "b")
            .withAllowedResources("https://mcp.example/mcp")
            .withUser("ann", "secret")
            .withAccessTokenLife(Duration.ofMinutes(15));

    assertEquals(
        new DemoOptions(
            9000,
            List.of("a", "b"),
            List.of("https://mcp.example/mcp"),
            "ann",
            "secret",
            Duration.ofMinutes(15)),
        changed);
  }

  @Test
  void refusesWhatIsOutsideItsLimits() {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPort(-1));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPort(65536));
    assertThrows(IllegalArgumentException.class, DEFAULTS::withScopes);
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withUser("", "secret"));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withUser("ann", ""));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withAccessTokenLife(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> DEFAULTS.withAccessTokenLife(Duration.ofMinutes(15).plusNanos(1)));
  }

  @Test
  void hidesThePassword() {
    assertFalse(DEFAULTS.withUser("ann", "s3cret").toString().contains("s3cret"));
  }
}
