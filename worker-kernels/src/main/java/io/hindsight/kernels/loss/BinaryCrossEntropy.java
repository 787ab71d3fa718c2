package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.math.ScalarMath;

/**
 * Mean over the O labels of −τ log σ(z) − (1 − τ) log(1 − σ(z)), as softplus(z) − τz; dE/dz = (σ(z)
 * − τ)/O.
 *
 * @param outputs O, the number of labels
 */
record BinaryCrossEntropy(int outputs) implements OutputLoss {
  @Override
  public double loss(double[] z, int from, Sequence sequence, int step) {
    double[] targets = sequence.targets();
    if (targets == null) {
      return 0;
    }
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      double logit = z[from + 8 * o];
      sum += Math.fma(-targets[step * outputs + o], logit, ScalarMath.softplus(logit));
    }
    return sum / outputs;
  }

  @Override
  public void activate(double[] z, int from) {
    for (int o = 0; o < outputs; o++) {
      z[from + 8 * o] = ScalarMath.sigmoid(z[from + 8 * o]);
    }
  }

  @Override
  public void backward(double[] y, int from, Sequence sequence, int step) {
    double[] targets = sequence.targets();
    for (int o = 0; o < outputs; o++) {
      int i = from + 8 * o;
      y[i] = (y[i] - targets[step * outputs + o]) / outputs;
    }
  }
}
