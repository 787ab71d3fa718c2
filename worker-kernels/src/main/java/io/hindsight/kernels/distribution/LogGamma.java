package io.hindsight.kernels.distribution;

/** ln Γ of numbers above 0, to about 15 digits of the larger of it and 1. */
final class LogGamma {
  private static final double HALF_LOG_2_PI = 0.91893853320467274178;
  private static final double LARGE = 10; // from which Stirling's series holds

  /** B₂ₖ / (2k (2k − 1)). */
  private static final double[] STIRLING = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
  };

  private LogGamma() {}

  /** ln Γ(x), x above 0. */
  static double of(double x) {
    double product = 1;
    double y = x;
    while (y < LARGE) {
      product *= y;
      y += 1;
    }
    double square = 1 / (y * y);
    double series = 0;
    for (int k = STIRLING.length - 1; k >= 0; k--) {
      series = series * square + STIRLING[k];
    }
    double large = (y - 0.5) * StrictMath.log(y) - y + HALF_LOG_2_PI + series / y;
    return large - StrictMath.log(product);
  }
}
