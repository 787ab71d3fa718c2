package io.hindsight.kernels.distribution;

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
    double size = expansion(Math.abs(z), freedom);
    double tail = Math.min(level, 1 - level);
    double t = freedom >= NEARLY_NORMAL ? size : solve(size, tail, freedom);
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

  /** Halves the interval that t is in until no double is between its ends. */
  private static double solve(double near, double tail, double freedom) {
    double low = 0;
    double high = Math.max(near, 1);
    while (tail(high, freedom) > tail) {
      low = high;
      high *= 2;
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        break;
      }
      if (tail(middle, freedom) > tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
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
