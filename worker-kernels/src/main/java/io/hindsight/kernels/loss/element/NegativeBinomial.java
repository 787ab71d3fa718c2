package io.hindsight.kernels.loss.element;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.special.GammaRatio;
import io.hindsight.kernels.math.special.LogGamma;
import io.hindsight.kernels.math.special.LogOfSum;

/**
 * ln Γ(r) + ln Γ(y + 1) − ln Γ(y + r) + r log(1 + u) + y log(1 + 1/u) with u = αm, r = 1/α, m =
 * s·softplus(z₀) and α = softplus(z₁).
 *
 * <p>With R(r, y) = ln Γ(r + y) − ln Γ(r) − y ln r it is ln Γ(y + 1) − y log m − R + (r + y) log(1
 * + u), which goes over into Poisson's as α goes to 0, where the terms above grow without bound.
 * dl/dm = (m − y)/(m(1 + u)), dl/dα = r²R'(r, y) − r²(log(1 + u) − u/(1 + u)) + my/(1 + u).
 */
final class NegativeBinomial implements ElementLoss {
  /** Up to here r log(1 + u) is computed as m times its ratio to u. */
  private static final double SMALL = 0.25;

  private final double level; // s
  private final double logLevel; // log s

  NegativeBinomial(double level) {
    this.level = level;
    logLevel = ScalarMath.log(level);
  }

  @Override
  public double forward(double[] z, int at, double y) {
    double mean = level * ScalarMath.softplus(z[at]);
    double alpha = ScalarMath.softplus(z[at + STRIDE]);
    double r = 1 / alpha;
    double u = alpha * mean;
    double log = LogOfSum.log1p(u);
    double ofMean = u < SMALL ? mean * (1 + u * LogOfSum.quadratic(u)) : r * log;
    double counts = LogGamma.of(y + 1) - y * (logLevel + ElementLoss.logSoftplus(z[at]));
    return counts - GammaRatio.log(r, y) + (ofMean + y * log);
  }

  @Override
  public void backward(double[] z, int at, double y, double scale) {
    double rawMean = z[at];
    double rawAlpha = z[at + STRIDE];
    double mean = level * ScalarMath.softplus(rawMean);
    double alpha = ScalarMath.softplus(rawAlpha);
    double r = 1 / alpha;
    double u = alpha * mean;
    double ofAlpha = GammaRatio.slope(r, y) - bend(mean, r, u) + mean * y / (1 + u);
    z[at] = scale * (mean - y) / (1 + u) * ElementLoss.logSoftplusSlope(rawMean);
    z[at + STRIDE] = scale * ofAlpha * ScalarMath.sigmoid(rawAlpha);
  }

  /** r²(log(1 + u) − u/(1 + u)). */
  private static double bend(double mean, double r, double u) {
    return u < SMALL
        ? mean * mean * (LogOfSum.quadratic(u) + 1 / (1 + u))
        : r * (r * LogOfSum.minusFraction(u));
  }
}
