package io.hindsight.datasets.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums in order against exact ones. */
class AveragesTest {
  private static final long SEED = 8;

  @Test
  void shouldComeToWhatExactSumsDo() {
    Random random = new Random(SEED);
    for (int exponent = -1060; exponent < 1022; exponent += 7) {
      for (double level : new double[] {0, 1, 1e6}) {
        double[] values = new double[2 + random.nextInt(40)];
        Arrays.setAll(values, i -> level + random.nextGaussian());
        double unit = Math.scalb(1.0, exponent) / (level + 8);
        Averages exact = Averages.exact(scaled(values, unit));
        Averages found = Averages.inOrder(scaled(values, unit));
        double most = Arrays.stream(scaled(values, unit)).map(Math::abs).max().orElseThrow();
        String what = Arrays.toString(values) + " times " + unit;
        assertEquals(exact.mean(), found.mean(), 8 * Math.ulp(most), what);
        assertEquals(exact.deviation(), found.deviation(), 8 * Math.ulp(most), what);
      }
    }
  }

  private static double[] scaled(double[] values, double unit) {
    return Arrays.stream(values).map(value -> value * unit).toArray();
  }

  @Test
  void shouldTellThatNothingChanges() {
    for (double level : new double[] {0, 0.1, -3e-320, Double.MAX_VALUE, Double.MIN_VALUE}) {
      double[] values = new double[7];
      Arrays.fill(values, level);
      assertEquals(new Averages(level, 0), Averages.inOrder(values));
    }
  }
}
