package io.hindsight.kernels.loss.element;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.special.LogGamma;

/** m − y log m + ln Γ(y + 1) with m = softplus(z); dl/dz = (1 − y/m)·σ(z). */
final class Poisson implements ElementLoss {
  @Override
  public double forward(double[] z, int at, double y) {
    double mean = ScalarMath.softplus(z[at]);
    return mean - y * ElementLoss.logSoftplus(z[at]) + LogGamma.of(y + 1);
  }

  @Override
  public void backward(double[] z, int at, double y, double scale) {
    double raw = z[at];
    z[at] = scale * (ScalarMath.sigmoid(raw) - y * ElementLoss.logSoftplusSlope(raw));
  }
}
