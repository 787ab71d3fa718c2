package io.hindsight.kernels.math.special;

import io.hindsight.kernels.math.ScalarMath;

/** log(1 + x), and what is left of it without its first terms, for x > −1 down to the smallest. */
public final class LogOfSum {
  /** Up to here the series of log(1 + x) serves. */
  private static final double SERIES_END = 0.41421356237309503;

  /** From here 1 + x is in [√½, √2). */
  private static final double SERIES_START = -0.2928932188134524;

  private LogOfSum() {}

  /** log(1 + x) within 2 ulp; −∞ for −1, NaN below. */
  public static double log1p(double x) {
    if (isInSeries(x)) {
      return x + LogParts.tail(x);
    }
    double sum = 1.0 + x;
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      return ScalarMath.log(sum);
    }
    double lost = x > 1 ? 1.0 - (sum - x) : x - (sum - 1.0);
    return LogParts.high(sum) + (LogParts.low(sum) + lost / sum);
  }

  /** (log(1 + x) − x) / x², which is −½ at 0; within 8 ulp for x ≥ 0. */
  public static double quadratic(double x) {
    if (isInSeries(x)) {
      double s = x / (2.0 + x);
      double perSquare = s / ((2.0 + x) * (2.0 + x)); // s³ / x²
      return Math.fma(perSquare, LogParts.series(s * s), -1.0 / (2.0 + x));
    }
    return (log1p(x) / x - 1.0) / x;
  }

  /** log(1 + x) − x / (1 + x) for x ≥ 0: about x² / 2 where x is small. */
  public static double minusFraction(double x) {
    return isInSeries(x) ? x * x * (quadratic(x) + 1.0 / (1.0 + x)) : log1p(x) - x / (1.0 + x);
  }

  private static boolean isInSeries(double x) {
    return x > SERIES_START && x < SERIES_END;
  }
}
