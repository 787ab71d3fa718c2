package io.hindsight.kernels.plain.loss;

/**
 * −log p_y of the class y of an order of K, from K − 1 thresholds θ₀ = z₀, θ_k = θ_{k−1} − log(1 +
 * e^{z_k}) between which P(y > k) = 1 / (1 + e^{−θ_k}) falls.
 */
final class PlainCumulative {
  private PlainCumulative() {}

  /** θ // (K − 1). */
  private static double[] thresholds(double[] z) {
    double[] thresholds = z.clone();
    for (int k = 1; k < z.length; k++) {
      thresholds[k] = thresholds[k - 1] - log1pExp(z[k]);
    }
    return thresholds;
  }

  /** The probability of each class // (K). */
  static double[] outputs(double[] z) {
    double[] p = new double[z.length + 1];
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(-forward(z, k));
    }
    return p;
  }

  /**
   * log(1 + e^{−θ_{y−1}}) + log(1 + e^{θ_y}) − log(1 − e^{θ_y − θ_{y−1}}), where there are such.
   */
  static double forward(double[] z, int aim) {
    double[] thresholds = thresholds(z);
    double loss = 0;
    if (aim > 0) {
      loss += log1pExp(-thresholds[aim - 1]);
    }
    if (aim < z.length) {
      loss += log1pExp(thresholds[aim]);
    }
    return aim > 0 && aim < z.length ? loss + log1pExp(-z[aim]) : loss;
  }

  /** Of {@link #forward}: dE/dz // (K − 1). */
  static double[] backward(double[] z, int aim) {
    double[] thresholds = thresholds(z);
    double[] dThresholds = new double[z.length];
    double[] dz = new double[z.length];
    if (aim > 0) {
      dThresholds[aim - 1] -= sigmoid(-thresholds[aim - 1]);
    }
    if (aim < z.length) {
      dThresholds[aim] += sigmoid(thresholds[aim]);
    }
    if (aim > 0 && aim < z.length) {
      dz[aim] -= sigmoid(-z[aim]);
    }
    for (int k = z.length - 1; k > 0; k--) {
      dz[k] -= sigmoid(z[k]) * dThresholds[k];
      dThresholds[k - 1] += dThresholds[k];
    }
    dz[0] += dThresholds[0];
    return dz;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double log1pExp(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
