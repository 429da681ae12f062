package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatiosTest {

  private static final long SEED = 5;

  private static double[] around(double middle, Random random) {
    return random.doubles(60).map(noise -> middle + (noise - 0.5) / 10).toArray();
  }

  @Test
  void takesTheMiddle() {
    assertEquals(2, Ratios.median(new double[] {9, 1, 2}));
    assertEquals(2.5, Ratios.median(new double[] {9, 1, 2, 3}));
  }

  @Test
  void isSureOfWhatAllRoundsSay() {
    Ratios ratios = Ratios.of(List.of(new double[] {0.9, 0.9}, new double[] {0.9}));

    assertEquals(new Ratios(0.9, 0.9, 0.9), ratios);
    assertEquals("90.0 % (90.0 to 90.0)", ratios.toString());
  }

  @Test
  void isLessSureWhenGroupsDiffer() {
    Random random = new Random(SEED);
    Ratios alike = Ratios.of(List.of(around(0.95, random), around(0.95, random)));
    Ratios apart = Ratios.of(List.of(around(0.85, random), around(1.05, random)));

    assertTrue(alike.low() > 0.92 && alike.high() < 0.98, alike::toString);
    assertTrue(apart.low() < 0.88 && apart.high() > 1.02, apart::toString);
  }
}
