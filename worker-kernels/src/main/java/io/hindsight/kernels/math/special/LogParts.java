package io.hindsight.kernels.math.special;

import io.hindsight.kernels.math.ExpTerms;
import io.hindsight.kernels.math.LogTerms;

/**
 * A logarithm as the sum of two doubles, to about 2^−56 beside the larger: what is left where most
 * of it is subtracted.
 */
final class LogParts {
  private LogParts() {}

  /** The part that is the logarithm but for rounding; x normal and positive. */
  static double high(double x) {
    return Math.fma(exponent(x), ExpTerms.LN2_HIGH, fraction(x));
  }

  /** What {@link #high} lost. */
  static double low(double x) {
    double k = exponent(x);
    double f = fraction(x);
    double product = k * ExpTerms.LN2_HIGH;
    double lost = Math.fma(k, ExpTerms.LN2_HIGH, -product);
    double sum = high(x);
    double ofProduct = Math.abs(product) > Math.abs(f) ? (product - sum) + f : (f - sum) + product;
    return ofProduct + (lost + Math.fma(k, ExpTerms.LN2_LOW, tail(f)));
  }

  /** k of x = 2^k·(1 + f) with 1 + f in [√½, √2). */
  private static long exponent(double x) {
    return (Double.doubleToRawLongBits(x) - LogTerms.SQRT_HALF_BITS) >> 52;
  }

  private static double fraction(double x) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) - (exponent(x) << 52)) - 1.0;
  }

  /** log(1 + f) − f for 1 + f in [√½, √2): −f²/2 + s·(f²/2 + 2·(s²/3 + s⁴/5 + …)). */
  static double tail(double f) {
    double s = f / (f + 2.0);
    double halfSquare = f * f * 0.5;
    return Math.fma(s, Math.fma(series(s * s), s * s, halfSquare), -halfSquare);
  }

  /** 2/3 + 2s²/5 + 2s⁴/7 + … for s² at most 0.03, of s². */
  static double series(double s2) {
    double q = Math.fma(s2, LogTerms.A21, LogTerms.A19);
    q = Math.fma(q, s2, LogTerms.A17);
    q = Math.fma(q, s2, LogTerms.A15);
    q = Math.fma(q, s2, LogTerms.A13);
    q = Math.fma(q, s2, LogTerms.A11);
    q = Math.fma(q, s2, LogTerms.A9);
    q = Math.fma(q, s2, LogTerms.A7);
    q = Math.fma(q, s2, LogTerms.A5);
    return Math.fma(q, s2, LogTerms.A3);
  }
}
