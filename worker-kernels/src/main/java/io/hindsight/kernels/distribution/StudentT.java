package io.hindsight.kernels.distribution;

import io.hindsight.kernels.math.special.LogGamma;

/**
 * Student's distribution, moved and stretched.
 *
 * @param mean μ
 * @param scale σ, above 0
 * @param freedom ν, at least 2
 */
public record StudentT(double mean, double scale, double freedom) implements Distribution {
  private static final double NEARLY_NORMAL = 1e4; // ν from which an expansion in 1/ν is exact
  private static final int MOST_ROUNDS = 200;
  private static final double ENOUGH = 0x1p-30; // a step whose square is less than a rounding
  private static final double MARGIN = 1e-12; // more than rounding takes from a bound

  @Override
  public double quantile(double level) {
    return mean + scale * standard(level, freedom);
  }

  /**
   * The quantile of mean 0 and scale 1.
   *
   * @param level in (0, 1)
   */
  static double standard(double level, double freedom) {
    double z = Normal.standard(level);
    if (level == 0.5) {
      return 0;
    }
    double tail = Math.min(level, 1 - level);
    double size = expansion(Math.abs(z), freedom);
    double t = freedom >= NEARLY_NORMAL ? size : solve(Math.abs(z), tail, freedom);
    return z < 0 ? -t : t;
  }

  /**
   * The quantile by powers of 1/ν, of normal quantile z (Abramowitz and Stegun, <i>Handbook of
   * Mathematical Functions</i>, 26.7.5).
   */
  private static double expansion(double z, double freedom) {
    double s = z * z;
    double g1 = z * (s + 1) / 4;
    double g2 = z * ((5 * s + 16) * s + 3) / 96;
    double g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384;
    double g4 = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / freedom) / freedom) / freedom) / freedom;
  }

  /**
   * The t that the share {@code tail} is above, by Newton's steps for the logarithms of both, which
   * lie nearly on a line in the tail; where one would leave the interval that t is in, by its
   * middle.
   *
   * <p>The normal quantile is below it, and that of ν = 2 not below it, as the tail shrinks while ν
   * grows.
   */
  private static double solve(double z, double tail, double freedom) {
    double low = z;
    double high = (1 + MARGIN) * (1 - 2 * tail) / StrictMath.sqrt(2 * tail * (1 - tail));
    double logScale =
        LogGamma.of((freedom + 1) / 2)
            - LogGamma.of(freedom / 2)
            - 0.5 * StrictMath.log(freedom * Math.PI);
    double near = expansion(z, freedom);
    double t = near > low && near < high ? near : middle(low, high);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double above = tail(t, freedom);
      if (above > tail) {
        low = t;
      } else {
        high = t;
      }
      double logDensity = logScale - (freedom + 1) / 2 * StrictMath.log1p(t * t / freedom);
      double density = StrictMath.exp(logDensity);
      double off = StrictMath.log(above / tail) * (above / (t * density)); // of log t
      double next = t * StrictMath.exp(off);
      if (Math.abs(off) <= ENOUGH) {
        return next;
      }
      t = next > low && next < high ? next : middle(low, high);
    }
    return t;
  }

  /** Of two positive numbers, by their logarithms. */
  private static double middle(double low, double high) {
    return StrictMath.sqrt(low) * StrictMath.sqrt(high);
  }

  /** The share above t ≥ 0. */
  static double tail(double t, double freedom) {
    double square = t * t;
    double whole = freedom + square;
    return whole == Double.POSITIVE_INFINITY
        ? 0
        : Incomplete.beta(freedom / 2, 0.5, freedom / whole, square / whole) / 2;
  }
}
