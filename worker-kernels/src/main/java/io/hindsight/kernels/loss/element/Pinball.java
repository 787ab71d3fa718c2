package io.hindsight.kernels.loss.element;

import java.util.List;

/**
 * Σ_q max(q·(y − z_q), (q − 1)·(y − z_q)); dl/dz_q = −q above z_q, 1 − q below, 0 where y is z_q.
 */
final class Pinball implements ElementLoss {
  private final double[] quantiles; // (P)

  Pinball(List<Double> quantiles) {
    this.quantiles = quantiles.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public double forward(double[] z, int at, double y) {
    double sum = 0;
    for (int p = 0; p < quantiles.length; p++) {
      double error = y - z[at + p * STRIDE];
      sum += Math.max(quantiles[p] * error, (quantiles[p] - 1) * error);
    }
    return sum;
  }

  @Override
  public void backward(double[] z, int at, double y, double scale) {
    for (int p = 0; p < quantiles.length; p++) {
      double error = y - z[at + p * STRIDE];
      double slope = error > 0 ? -quantiles[p] : error < 0 ? 1 - quantiles[p] : error;
      z[at + p * STRIDE] = scale * slope;
    }
  }
}
