package io.hindsight.driver.report.chart;

/**
 * What lies between two numbers at each place of a picture; a gap where one is not finite.
 *
 * @param name what lies there
 * @param x ascending // (N)
 * @param low at each x // (N)
 * @param high at each x // (N)
 */
public record Band(String name, double[] x, double[] low, double[] high) {
  /** Numbers at their steps. */
  public Band {
    if (x.length != low.length || x.length != high.length) {
      throw new IllegalArgumentException(
          "%d places of %d and %d numbers".formatted(x.length, low.length, high.length));
    }
  }

  /** Whether both ends are there. */
  boolean isThere(int i) {
    return Double.isFinite(low[i]) && Double.isFinite(high[i]);
  }
}
