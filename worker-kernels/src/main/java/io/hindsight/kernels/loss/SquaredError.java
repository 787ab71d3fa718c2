package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.Sequence;

/**
 * Mean over the O elements of (z − τ)²; dE/dz = 2(z − τ)/O.
 *
 * @param outputs O
 */
record SquaredError(int outputs) implements OutputLoss {
  @Override
  public double loss(double[] z, int from, Sequence sequence, int step) {
    double[] targets = sequence.targets();
    if (targets == null) {
      return 0;
    }
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      double error = z[from + 8 * o] - targets[step * outputs + o];
      sum = Math.fma(error, error, sum);
    }
    return sum / outputs;
  }

  @Override
  public void activate(double[] z, int from) {
    // The output is the logit.
  }

  @Override
  public void backward(double[] y, int from, Sequence sequence, int step) {
    double[] targets = sequence.targets();
    for (int o = 0; o < outputs; o++) {
      int i = from + 8 * o;
      y[i] = 2.0 * (y[i] - targets[step * outputs + o]) / outputs;
    }
  }
}
