package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/**
 * A loss on the targets of a lane block, computed from its logits {@code (O, 8)}.
 *
 * <p>Every lane is computed and none sees another, so a lane that is not scored disturbs nothing;
 * what it holds afterwards is not to be read. One object serves one thread.
 */
sealed interface OutputLoss
    permits SquaredError,
        SoftmaxCrossEntropy,
        SmoothedCrossEntropy,
        FocalLoss,
        BinaryCrossEntropy,
        PositiveCrossEntropy,
        CumulativeLogits,
        ElementLosses {
  /** The loss of an output. */
  static OutputLoss of(OutputSpec output, VectorOps ops) {
    return switch (output.loss()) {
      case SQUARED_ERROR -> new SquaredError(output, ops);
      case SOFTMAX_CROSS_ENTROPY -> ofClasses(output, ops);
      case BINARY_CROSS_ENTROPY -> ofLabels(output, ops);
      case PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON -> new ElementLosses(output);
      case CUMULATIVE_LOGITS -> new CumulativeLogits(output);
      case CTC -> throw new IllegalArgumentException("ctc is no loss of single steps");
    };
  }

  private static OutputLoss ofLabels(OutputSpec output, VectorOps ops) {
    return output.options().positiveWeights().isEmpty()
        ? new BinaryCrossEntropy(output, ops)
        : new PositiveCrossEntropy(output, ops);
  }

  private static OutputLoss ofClasses(OutputSpec output, VectorOps ops) {
    SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy(output.size(), ops);
    if (output.options().labelSmoothing() > 0) {
      return new SmoothedCrossEntropy(plain, output);
    }
    return output.options().focalGamma() > 0 ? new FocalLoss(plain, output) : plain;
  }

  /**
   * Logits → outputs (values, probabilities, or the logits themselves) in place; adds the losses of
   * the targets, each times the weight of its step.
   *
   * @param z (O, 8), from {@code from}
   * @param loss (8), from {@code lossFrom}; only lanes that have a target are added to
   */
  void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom);

  /**
   * Of {@link #forward}: outputs → dE/dlogits in place, 0 in lanes that are not scored, but not
   * times the weights of the steps, which {@link LaneTargets#scale} brings in.
   *
   * @param y (O, 8), from {@code from}
   * @param targets those of {@link #forward}; every scored lane must have one
   */
  void backward(double[] y, int from, LaneTargets targets);
}
