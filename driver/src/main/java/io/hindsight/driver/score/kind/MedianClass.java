package io.hindsight.driver.score.kind;

/**
 * The median of a distribution over classes that have an order: the lowest class k with P(y ≤ k) ≥
 * ½. No other answer has a smaller expected rank error |y − k|.
 */
public final class MedianClass {
  private static final double HALF = 0.5;

  private MedianClass() {}

  /** Of probabilities // (K). */
  public static int of(double[] probabilities) {
    double below = 0;
    for (int k = 0; k < probabilities.length - 1; k++) {
      below += probabilities[k];
      if (below >= HALF) {
        return k;
      }
    }
    return probabilities.length - 1;
  }

  /** Of how often each class occurs, of at least one target // (K). */
  public static int of(long[] counts) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long below = 0;
    for (int k = 0; k < counts.length - 1; k++) {
      below += counts[k];
      if (2 * below >= all) {
        return k;
      }
    }
    return counts.length - 1;
  }
}
