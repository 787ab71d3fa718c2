package io.hindsight.kernels.loss.element;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.special.GammaRatio;
import io.hindsight.kernels.math.special.LogOfSum;

/**
 * ln Γ(ν/2) − ln Γ((ν + 1)/2) + ½ log νπ + log σ + (ν + 1)/2·log(1 + u) with u = e²/ν, e = (y −
 * μ)/σ, μ = z₀, σ = softplus(z₁) + 1e-6 and ν = 2 + softplus(z₂).
 *
 * <p>With R(r, y) = ln Γ(r + y) − ln Γ(r) − y ln r the first three terms are ½ log 2π − R(ν/2, ½),
 * without a difference of large numbers. Where v = u/(1 + u): dl/dμ = −(ν + 1)/ν·e/(σ(1 + u)),
 * dl/dσ = (1 − (ν + 1)v)/σ, dl/dν = ½(log(1 + u) − v − v/ν − R'(ν/2, ½)).
 */
final class StudentT implements ElementLoss {
  @Override
  public double forward(double[] z, int at, double y) {
    double scale = ElementLoss.scale(z[at + STRIDE]);
    double freedom = ElementLoss.freedom(z[at + 2 * STRIDE]);
    double error = (y - z[at]) / scale;
    double tail = 0.5 * (freedom + 1) * LogOfSum.log1p(error * error / freedom);
    double constant = HALF_LOG_TWO_PI - GammaRatio.log(0.5 * freedom, 0.5);
    return constant + ScalarMath.log(scale) + tail;
  }

  @Override
  public void backward(double[] z, int at, double y, double scale) {
    double rawScale = z[at + STRIDE];
    double rawFreedom = z[at + 2 * STRIDE];
    double width = ElementLoss.scale(rawScale);
    double freedom = ElementLoss.freedom(rawFreedom);
    double error = (y - z[at]) / width;
    double u = error * error / freedom;
    double v = u / (1 + u);
    double half = 0.5 * freedom;
    double ofGamma = GammaRatio.slope(half, 0.5) / half / half;
    double ofFreedom = 0.5 * (LogOfSum.minusFraction(u) - v / freedom - ofGamma);
    z[at] = scale * -(freedom + 1) / freedom * error / (width * (1 + u));
    z[at + STRIDE] = scale * (1 - (freedom + 1) * v) / width * ScalarMath.sigmoid(rawScale);
    z[at + 2 * STRIDE] = scale * ofFreedom * ScalarMath.sigmoid(rawFreedom);
  }
}
