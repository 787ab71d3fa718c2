package io.hindsight.driver.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.score.BlockRule;
import io.hindsight.driver.score.BlockSums;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors of two models on the same targets. */
class PairedBlocksTest {
  /** A large sequence and a small one, and one that has no scale. */
  private static BlockSums sums(double large, double small, double flat) {
    BlockSums sums = new BlockSums(new BlockRule(1, 0, List.of()));
    for (int t = 0; t < 4; t++) {
      add(sums, "large", t, large, 1000);
      add(sums, "small", t, small, 1);
      add(sums, "flat", t, flat, Double.NaN);
    }
    return sums;
  }

  private static void add(BlockSums sums, String sequence, int t, double error, double scale) {
    sums.addValues(
        sequence,
        t,
        new double[] {error},
        new double[] {t},
        new double[] {Math.abs(error) / scale});
  }

  @Test
  void shouldCompareErrorsInUnitsOfTheirSequences() {
    PairedBlocks pairs = PairedBlocks.of(sums(900, -0.6, 7), sums(1000, 0.5, 1));
    int[] all = new int[pairs.size()];
    for (int block = 0; block < all.length; block++) {
      all[block] = block;
    }

    assertEquals(0.0, pairs.sums(Metric.MASE).worse(all), 1e-15); // 0.9 + 0.6 beside 1 + 0.5
    assertEquals((900 + 0.6 + 7) / 1001.5 - 1, pairs.sums(Metric.MAE).worse(all), 1e-15);
  }
}
