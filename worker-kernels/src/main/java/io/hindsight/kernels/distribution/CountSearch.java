package io.hindsight.kernels.distribution;

import java.util.function.DoubleUnaryOperator;

/** Finds the quantiles of counts. */
final class CountSearch {
  /** Up to here doubles are all whole numbers; a larger count is answered as the bound. */
  private static final double LARGEST = 0x1p53;

  private static final double HALF = 0.5;

  /** How far the first guess is off at most, in standard deviations, in most cases. */
  private static final double FAR = 0.01;

  private CountSearch() {}

  /**
   * The smallest count that a share of at least {@code level} is at or below.
   *
   * @param level in (0, 1)
   * @param mean of the counts
   * @param variance of the counts
   * @param below the share that is at or below a count; does not fall
   */
  static double quantile(double level, double mean, double variance, DoubleUnaryOperator below) {
    Distribution.requireLevel(level);
    if (!(mean > 0)) {
      return 0;
    }
    double near = StrictMath.rint(guess(level, mean, variance));
    double first = near > 0 ? Math.min(LARGEST, near) : 0;
    double share = below.applyAsDouble(first);
    double step = Math.max(1, StrictMath.rint(FAR * StrictMath.sqrt(variance)));
    return share >= level
        ? down(new Point(first, share), step, level, below)
        : up(new Point(first, share), step, level, below);
  }

  /**
   * About the quantile: that of a gamma distribution of the same mean and variance, by Wilson and
   * Hilferty (<i>The Distribution of Chi-Square</i>, PNAS 17, 1931), less the half that a count is
   * wide.
   */
  private static double guess(double level, double mean, double variance) {
    double shape = mean * (mean / variance);
    double root = 1 - 1 / (9 * shape) + Normal.standard(level) / (3 * StrictMath.sqrt(shape));
    return mean * (root * root * root) - HALF;
  }

  /** A count, and the share that is at or below it. */
  private record Point(double count, double share) {}

  /** From a count that enough are at or below. */
  private static double down(Point from, double by, double level, DoubleUnaryOperator below) {
    Point over = from;
    for (double step = by; over.count() > 0; step *= 4) {
      double next = Math.max(0, over.count() - step);
      Point under = new Point(next, below.applyAsDouble(next));
      if (under.share() < level) {
        return between(under, over, level, below);
      }
      over = under;
    }
    return 0;
  }

  /** From a count that too few are at or below. */
  private static double up(Point from, double by, double level, DoubleUnaryOperator below) {
    Point under = from;
    for (double step = by; under.count() < LARGEST; step *= 4) {
      double next = Math.min(LARGEST, under.count() + step);
      Point over = new Point(next, below.applyAsDouble(next));
      if (over.share() >= level) {
        return between(under, over, level, below);
      }
      under = over;
    }
    return LARGEST;
  }

  /**
   * The same, where it is above the first and at most the second: in turn where a line between the
   * two has the level, twice, and in their middle.
   */
  private static double between(Point low, Point high, double level, DoubleUnaryOperator below) {
    Point under = low;
    Point over = high;
    for (int round = 1; over.count() - under.count() > 1; round++) {
      double wide = over.count() - under.count();
      double part = (level - under.share()) / (over.share() - under.share());
      double along = StrictMath.floor(wide * (round % 3 == 0 ? HALF : part));
      double count = under.count() + Math.min(wide - 1, Math.max(1, along));
      Point middle = new Point(count, below.applyAsDouble(count));
      if (middle.share() >= level) {
        over = middle;
      } else {
        under = middle;
      }
    }
    return over.count();
  }
}
