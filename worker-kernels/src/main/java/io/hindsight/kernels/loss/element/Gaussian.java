package io.hindsight.kernels.loss.element;

import io.hindsight.kernels.math.ScalarMath;

/**
 * ½ log 2π + log σ + e²/2 with e = (y − μ)/σ, μ = z₀ and σ = softplus(z₁) + 1e-6; dl/dμ = −e/σ,
 * dl/dσ = (1 − e²)/σ.
 */
final class Gaussian implements ElementLoss {
  @Override
  public double forward(double[] z, int at, double y) {
    double scale = ElementLoss.scale(z[at + STRIDE]);
    double error = (y - z[at]) / scale;
    return HALF_LOG_TWO_PI + ScalarMath.log(scale) + 0.5 * error * error;
  }

  @Override
  public void backward(double[] z, int at, double y, double scale) {
    double raw = z[at + STRIDE];
    double width = ElementLoss.scale(raw);
    double error = (y - z[at]) / width;
    z[at] = scale * -error / width;
    z[at + STRIDE] = scale * (1 - error * error) / width * ScalarMath.sigmoid(raw);
  }
}
