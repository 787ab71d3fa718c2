package io.hindsight.kernels.math.special;

/**
 * ψ(x) = d ln Γ(x) / dx for x > 0, within 2 ulp, or within 2^−53 where it is near its zero at
 * 1.4616…: by a polynomial around 2, from which recurrence leads down to 0 and up to 10, and beyond
 * by Stirling's formula.
 */
public final class Digamma {
  /** Below, all but −1/x is lost in rounding. */
  private static final double RECIPROCAL = 1e-20;

  private Digamma() {}

  /** ψ(x); −∞ at 0, NaN below. */
  public static double of(double x) {
    if (!(x > RECIPROCAL)) {
      return x >= 0 ? -1.0 / x : Double.NaN;
    }
    if (x < 0.5) { // ψ(x) = ψ(x + 2) − 1/(x + 1) − 1/x
      double r = 1.0 / x;
      double lost = Math.fma(-r, x, 1.0) / x;
      return GammaSeries.digamma(x, -r, -lost - 1.0 / (x + 1.0));
    }
    if (x < 1.5) { // ψ(x) = ψ(x + 1) − 1/x
      double r = 1.0 / x;
      return GammaSeries.digamma(x - 1.0, -r, -Math.fma(-r, x, 1.0) / x);
    }
    return x < Stirling.FROM ? above(x) : large(x);
  }

  /** ψ(x) = ψ(x − n) + 1/(x − 1) + … + 1/(x − n). */
  private static double above(double x) {
    double sum = 0;
    double lost = 0;
    double down = x;
    while (down > 2.5) {
      down -= 1.0;
      double term = 1.0 / down; // grows, but never beyond the sum before it by much
      double next = sum + term;
      lost += Math.abs(sum) > term ? (sum - next) + term : (term - next) + sum;
      sum = next;
    }
    return GammaSeries.digamma(down - 2.0, sum, lost);
  }

  private static double large(double x) {
    double tail = (0.5 + Stirling.digammaTail(x) / x) / x;
    return LogParts.high(x) + (LogParts.low(x) - tail);
  }
}
