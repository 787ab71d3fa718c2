package io.hindsight.driver.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Distances by numbers worked by hand. */
class DivergenceTest {
  @Test
  void shouldMeasureKnownDistances() {
    assertEquals(0, Divergence.jensenShannon(new long[] {3, 5, 0}, new long[] {30, 50, 0}), 1e-15);
    assertEquals(1, Divergence.jensenShannon(new long[] {4, 0}, new long[] {0, 9}), 1e-15);
    // H(3/4) − H(1/2)/2 = 0.811278124459133 − 0.5
    assertEquals(
        0.311278124459133, Divergence.jensenShannon(new long[] {1, 1}, new long[] {1, 0}), 1e-14);
    // H(0.4, 0.3, 0.3) − (H(0.6, 0.3, 0.1) + H(0.2, 0.3, 0.5)) / 2
    assertEquals(
        1.5709505944546684 - (1.295461844238322 + 1.4854752972273344) / 2,
        Divergence.jensenShannon(new long[] {6, 3, 1}, new long[] {2, 3, 5}),
        1e-14);
  }

  @Test
  void shouldBeTheSameBothWaysAndAtMostTheShareThatDiffers() {
    Random random = new Random(8);
    for (int round = 0; round < 200; round++) {
      long[] left = new long[9];
      long[] right = new long[9];
      for (int i = 0; i < 1_000; i++) {
        int common = random.nextInt(9);
        boolean differs = i % 10 < 3;
        left[differs ? random.nextInt(3) : common]++;
        right[differs ? 6 + random.nextInt(3) : common]++;
      }
      double divergence = Divergence.jensenShannon(left, right);
      assertEquals(divergence, Divergence.jensenShannon(right, left), 1e-15);
      assertTrue(divergence > 0 && divergence <= 0.3, "seed 8: " + divergence);
    }
  }

  @Test
  void shouldKnowHowFarSamplesOfOneDistributionAreApart() {
    Random random = new Random(5);
    int beyond = 0;
    for (int round = 0; round < 1_000; round++) {
      long[] left = sample(random, 120);
      long[] right = sample(random, 80);
      double noise = Divergence.noise(left, right);
      beyond += Divergence.jensenShannon(left, right) > noise ? 1 : 0;
      assertTrue(noise < 0.25, "seed 5: " + noise);
    }
    assertTrue(beyond <= 10, "seed 5: " + beyond);
  }

  private static long[] sample(Random random, int size) {
    long[] counts = new long[20];
    for (int i = 0; i < size; i++) {
      counts[Math.max(0, Math.min(19, (int) (10 + 3 * random.nextGaussian())))]++;
    }
    return counts;
  }
}
