package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec.Loss;

/** The loss of one target, and its derivative by the logits z. */
final class PlainLoss {
  private final Loss loss;

  PlainLoss(Loss loss) {
    this.loss = loss;
  }

  /** Values or probabilities y of the logits z // (O). */
  double[] outputs(double[] z) {
    double[] y = z.clone();
    double logSum = loss.targetsAreClasses() ? logSumExp(z) : 0;
    for (int o = 0; o < z.length; o++) {
      y[o] =
          switch (loss) {
            case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON -> z[o];
            case SOFTMAX_CROSS_ENTROPY, CTC -> Math.exp(z[o] - logSum);
            case BINARY_CROSS_ENTROPY -> 1 / (1 + Math.exp(-z[o]));
          };
    }
    return y;
  }

  /**
   * The loss of a step: (z − τ)² or log(1 + e^z) − τz, mean over O; −log softmax(z) of the class.
   */
  double forward(double[] z, Sequence sequence, int step) {
    if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
      return logSumExp(z) - z[sequence.classes()[step]];
    }
    double sum = 0;
    for (int o = 0; o < z.length; o++) {
      double target = sequence.targets()[step * z.length + o];
      sum +=
          loss == Loss.SQUARED_ERROR
              ? (z[o] - target) * (z[o] - target)
              : Math.max(z[o], 0) + Math.log1p(Math.exp(-Math.abs(z[o]))) - target * z[o];
    }
    return sum / z.length;
  }

  /** Of {@link #forward}: dE/dz from the outputs: 2(y − τ)/O, (y − τ)/O, or y − 1 at the class. */
  double[] backward(double[] y, Sequence sequence, int step) {
    double[] dz = y.clone();
    if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
      dz[sequence.classes()[step]] -= 1;
      return dz;
    }
    double scale = loss == Loss.SQUARED_ERROR ? 2 : 1;
    for (int o = 0; o < y.length; o++) {
      dz[o] = scale * (y[o] - sequence.targets()[step * y.length + o]) / y.length;
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
