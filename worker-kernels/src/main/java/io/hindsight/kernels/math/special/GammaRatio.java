package io.hindsight.kernels.math.special;

import io.hindsight.kernels.math.ScalarMath;

/**
 * Γ(r + y) / Γ(r) beside r^y, which it is like where r is large: there the functions of it are
 * differences of large numbers, and are computed without them.
 */
public final class GammaRatio {
  private GammaRatio() {}

  /**
   * ln Γ(r + y) − ln Γ(r) − y ln r, about y(y − 1) / 2r for large r.
   *
   * @param r above 0
   * @param y at least 0
   */
  public static double log(double r, double y) {
    if (!(r >= Stirling.FROM)) {
      return LogGamma.of(r + y) - LogGamma.of(r) - y * ScalarMath.log(r);
    }
    double d = y / r;
    double log = LogOfSum.log1p(d);
    double bend = // (r + y) log(1 + d) − y
        d < 1 ? y * d * Math.fma(1.0 + d, LogOfSum.quadratic(d), 1.0) : (r + y) * log - y;
    return bend - 0.5 * log + (Stirling.logGammaTail(r + y) - Stirling.logGammaTail(r));
  }

  /**
   * r²·(ψ(r + y) − ψ(r) − y / r): r² times the derivative of {@link #log} by r, about −y(y − 1) / 2
   * for large r.
   *
   * @param r above 0
   * @param y at least 0
   */
  public static double slope(double r, double y) {
    if (!(r >= Stirling.FROM)) {
      return r * (r * (Digamma.of(r + y) - Digamma.of(r)) - y);
    }
    double d = y / r;
    double scale = 1.0 + d;
    double bend = y * y * LogOfSum.quadratic(d);
    double tails = Stirling.digammaTail(r) - Stirling.digammaTail(r + y) / (scale * scale);
    return bend + 0.5 * y / scale + tails;
  }
}
