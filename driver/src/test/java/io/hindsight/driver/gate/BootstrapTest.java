package io.hindsight.driver.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.GateConfig.Metric;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bounds by cases whose distribution is known. */
class BootstrapTest {
  private static Bootstrap of(
      Metric metric, double[] candidate, double[] champion, double[] counts, double confidence) {
    return Bootstrap.of(new PairedSums(metric, candidate, champion, counts), confidence);
  }

  @Test
  void shouldHaveNoNoiseWhereEveryBlockIsWorseByTheSameShare() {
    double[] champion = {1, 4, 2, 8, 3};
    double[] candidate = {1.21, 4.84, 2.42, 9.68, 3.63};
    double[] counts = {2, 3, 2, 5, 1};

    for (double bound : bounds(of(Metric.RMSE, candidate, champion, counts, 0.95))) {
      assertEquals(0.1, bound, 1e-12);
    }
    for (double bound : bounds(of(Metric.MAE, candidate, champion, counts, 0.95))) {
      assertEquals(0.21, bound, 1e-12);
    }
    for (double bound : bounds(of(Metric.ACCURACY, candidate, champion, counts, 0.95))) {
      assertEquals(-0.21, bound, 1e-12);
    }
  }

  private static double[] bounds(Bootstrap of) {
    return new double[] {of.lower(), of.point(), of.upper()};
  }

  /**
   * Of two blocks a quarter of the draws has the first twice, a half both, a quarter the second.
   */
  @Test
  void shouldFindTheQuantilesOfTwoBlocks() {
    double[] champion = {10, 10};
    double[] candidate = {9, 13};
    double[] counts = {1, 1};

    Bootstrap wide = of(Metric.MAE, candidate, champion, counts, 0.95);
    assertEquals(-0.1, wide.lower(), 1e-12);
    assertEquals(0.1, wide.point(), 1e-12);
    assertEquals(0.3, wide.upper(), 1e-12);
    Bootstrap narrow = of(Metric.MAE, candidate, champion, counts, 0.7);
    assertEquals(0.1, narrow.lower(), 1e-12);
    assertEquals(0.1, narrow.upper(), 1e-12);
  }

  /** The mean of n differences with deviation s has a deviation of s / √n. */
  @Test
  void shouldAgreeWithTheNormalDistributionOnManyBlocks() {
    Random random = new Random(12);
    int n = 400;
    double[] champion = new double[n];
    double[] candidate = new double[n];
    double[] counts = new double[n];
    for (int i = 0; i < n; i++) {
      champion[i] = 1;
      candidate[i] = 1 + 0.2 * random.nextGaussian();
      counts[i] = 1;
    }
    Bootstrap of = of(Metric.MAE, candidate, champion, counts, 0.95);

    double deviation = 0.2 / Math.sqrt(n);
    assertEquals(1.645 * deviation, of.point() - of.lower(), 0.15 * deviation, "seed 12");
    assertEquals(1.645 * deviation, of.upper() - of.point(), 0.15 * deviation, "seed 12");
    assertEquals(of, of(Metric.MAE, candidate, champion, counts, 0.95), "draws are fixed");
  }

  @Test
  void shouldNotPassWhatIsNoNumber() {
    double[] champion = {1, 2, 3};
    double[] candidate = {1, Double.NaN, 3};
    assertTrue(
        Double.isNaN(of(Metric.RMSE, candidate, champion, champion, 0.95).point()), "one block");
    double[] none = {0, 0, 0};
    assertEquals(0, of(Metric.RMSE, none, none, champion, 0.95).point());
    assertEquals(Double.POSITIVE_INFINITY, of(Metric.RMSE, champion, none, champion, 0.95).point());
  }
}
