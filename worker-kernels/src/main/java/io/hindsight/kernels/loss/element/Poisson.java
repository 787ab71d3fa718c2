package io.hindsight.kernels.loss.element;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.special.LogGamma;

/** m − y log m + ln Γ(y + 1) with m = s·softplus(z); dl/dz = (s − y/softplus(z))·σ(z). */
final class Poisson implements ElementLoss {
  private final double level; // s
  private final double logLevel; // log s

  Poisson(double level) {
    this.level = level;
    logLevel = ScalarMath.log(level);
  }

  @Override
  public double forward(double[] z, int at, double y) {
    double mean = level * ScalarMath.softplus(z[at]);
    return mean - y * (logLevel + ElementLoss.logSoftplus(z[at])) + LogGamma.of(y + 1);
  }

  @Override
  public void backward(double[] z, int at, double y, double scale) {
    double raw = z[at];
    z[at] = scale * (level * ScalarMath.sigmoid(raw) - y * ElementLoss.logSoftplusSlope(raw));
  }
}
