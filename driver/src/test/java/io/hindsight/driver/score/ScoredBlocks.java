package io.hindsight.driver.score;

import java.util.List;

/** Errors by block, of errors that a test has chosen. */
public final class ScoredBlocks {
  private ScoredBlocks() {}

  /**
   * Errors of numbers.
   *
   * @param sequences ids
   * @param errors of each sequence, step by step; of one target column
   */
  public static BlockSums ofValues(int horizon, List<String> sequences, double[][] errors) {
    BlockSums sums = new BlockSums(new BlockRule(horizon, 0, List.of()));
    for (int s = 0; s < errors.length; s++) {
      for (int t = 0; t < errors[s].length; t++) {
        sums.addValues(
            sequences.get(s),
            t,
            new double[] {errors[s][t]},
            new double[] {s + 1e-3 * t},
            new double[] {Double.NaN});
      }
    }
    return sums;
  }

  /**
   * Answers to classes.
   *
   * @param right of each sequence, step by step
   */
  public static BlockSums ofClasses(List<String> sequences, boolean[][] right) {
    BlockSums sums = new BlockSums(new BlockRule(1, 0, List.of("a", "b")));
    for (int s = 0; s < right.length; s++) {
      for (int t = 0; t < right[s].length; t++) {
        double sure = right[s][t] ? 0.8 : 0.3;
        sums.addClass(
            sequences.get(s),
            t,
            t % 2,
            right[s][t],
            t % 2 == 0 ? new double[] {sure, 1 - sure} : new double[] {1 - sure, sure});
      }
    }
    return sums;
  }
}
