package io.hindsight.kernels.distribution;

import java.util.function.DoubleUnaryOperator;

/** Finds the quantiles of counts. */
final class CountSearch {
  /** Up to here doubles are all whole numbers; a larger count is answered as the bound. */
  private static final double LARGEST = 0x1p53;

  private CountSearch() {}

  /**
   * The smallest count that a share of at least {@code level} is at or below.
   *
   * @param level in (0, 1)
   * @param below the share that is at or below a count; does not fall
   */
  static double quantile(double level, double mean, double deviation, DoubleUnaryOperator below) {
    Distribution.requireLevel(level);
    if (!(mean > 0)) {
      return 0;
    }
    double near = StrictMath.rint(mean + deviation * Normal.standard(level));
    double low = Math.min(LARGEST, Math.max(0, near)); // at the end the answer, or one below it
    double step = 1;
    if (below.applyAsDouble(low) >= level) {
      double high = low;
      while (low > 0 && below.applyAsDouble(low) >= level) {
        high = low;
        low = Math.max(0, low - step);
        step *= 2;
      }
      return low == 0 && below.applyAsDouble(0) >= level ? 0 : between(low, high, level, below);
    }
    double high = low;
    while (high < LARGEST && below.applyAsDouble(high) < level) {
      low = high;
      high = Math.min(LARGEST, high + step);
      step *= 2;
    }
    return between(low, high, level, below);
  }

  /** The same, where it is above {@code low} and at most {@code high}. */
  private static double between(double low, double high, double level, DoubleUnaryOperator below) {
    double under = low;
    double over = high;
    while (over - under > 1) {
      double middle = StrictMath.floor(under + (over - under) / 2);
      if (below.applyAsDouble(middle) >= level) {
        over = middle;
      } else {
        under = middle;
      }
    }
    return over;
  }
}
