package io.hindsight.kernels.plain.loss;

import io.hindsight.kernels.network.output.LossOptions;

/**
 * −(1 − p_τ)^γ Σ q log p of the class τ of C, of the softmax p = e^z / Σ e^z, with q = 1 − ε + ε/C
 * of τ and ε/C of the others; one of γ and ε is 0.
 */
final class PlainSoftmax {
  private final double smoothing; // ε
  private final double gamma; // γ

  PlainSoftmax(LossOptions options) {
    smoothing = options.labelSmoothing();
    gamma = options.focalGamma();
  }

  /** The probability of each class // (C). */
  static double[] outputs(double[] z) {
    double[] p = new double[z.length];
    double logSum = logSumExp(z);
    for (int c = 0; c < z.length; c++) {
      p[c] = Math.exp(z[c] - logSum);
    }
    return p;
  }

  /** The loss of a class. */
  double forward(double[] z, int target) {
    double logSum = logSumExp(z);
    double sum = (1 - smoothing) * (logSum - z[target]);
    for (int c = 0; smoothing > 0 && c < z.length; c++) {
      sum += smoothing / z.length * (logSum - z[c]);
    }
    return Math.pow(1 - Math.exp(z[target] - logSum), gamma) * sum;
  }

  /**
   * Of {@link #forward} times a weight: dE/dz, p − q without γ; with it, −γ(1 − p)^(γ − 1) p log p
   * + (1 − p)^γ times p_c − 1{c = τ} // (C).
   */
  double[] backward(double[] z, int target, double weight) {
    double[] y = outputs(z);
    double p = y[target];
    double slope =
        gamma == 0
            ? 1
            : Math.pow(1 - p, gamma) - gamma * Math.pow(1 - p, gamma - 1) * p * Math.log(p);
    double[] dz = new double[y.length];
    for (int c = 0; c < y.length; c++) {
      double q = smoothing / y.length + (c == target ? 1 - smoothing : 0);
      dz[c] = weight * slope * (y[c] - q);
    }
    return dz;
  }

  /** log Σ e^z, with the largest z taken out. */
  private static double logSumExp(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }
}
