package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.math.ScalarMath;

/**
 * −log p_τ with p = softmax(z), as log Σ e^(z−m) − (z_τ − m) with m = max z; dE/dz = p − 1{o = τ}.
 *
 * @param outputs O, the number of classes
 */
record SoftmaxCrossEntropy(int outputs) implements OutputLoss {
  @Override
  public double loss(double[] z, int from, Sequence sequence, int step) {
    int[] classes = sequence.classes();
    if (classes == null) {
      return 0;
    }
    double max = max(z, from);
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      sum += ScalarMath.exp(z[from + 8 * o] - max);
    }
    return ScalarMath.log(sum) - (z[from + 8 * classes[step]] - max);
  }

  @Override
  public void activate(double[] z, int from) {
    double max = max(z, from);
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      int i = from + 8 * o;
      z[i] = ScalarMath.exp(z[i] - max);
      sum += z[i];
    }
    for (int o = 0; o < outputs; o++) {
      z[from + 8 * o] /= sum;
    }
  }

  @Override
  public void backward(double[] y, int from, Sequence sequence, int step) {
    y[from + 8 * sequence.classes()[step]] -= 1.0;
  }

  private double max(double[] z, int from) {
    double max = z[from];
    for (int o = 1; o < outputs; o++) {
      max = Math.max(max, z[from + 8 * o]);
    }
    return max;
  }
}
