package io.hindsight.datasets.quantile;

import java.util.Arrays;

/**
 * The quartiles of a column. Between two values they are interpolated: of n values in order, x_0 …
 * x_{n−1}, the k-th of four is at position k (n − 1) / 4.
 *
 * @param lower a quarter of the values is below it
 * @param median half of them is
 * @param upper three quarters are
 */
public record Quartiles(double lower, double median, double upper) {
  private static final int PARTS = 4;

  /**
   * Those of values that are at hand, to the bit what {@link QuartileSearch} finds.
   *
   * @param values one or more, none of them NaN; in any order
   */
  public static Quartiles of(double[] values) {
    double[] sorted = Arrays.stream(values).map(value -> value + 0.0).sorted().toArray(); // no −0
    return new Quartiles(quartile(sorted, 1), quartile(sorted, 2), quartile(sorted, 3));
  }

  private static double quartile(double[] sorted, int k) {
    long position = (long) k * (sorted.length - 1); // in quarters
    int below = (int) (position / PARTS);
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    return between(low, high, position);
  }

  /** The value at a position between two neighbours, counted in quarters. */
  static double between(double low, double high, long position) {
    double share = position % PARTS / (double) PARTS;
    return low + share * (high - low);
  }
}
