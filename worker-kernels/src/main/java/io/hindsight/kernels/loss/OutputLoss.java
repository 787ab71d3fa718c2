package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/**
 * A loss on the targets of a lane block, computed from its logits {@code (O, 8)}.
 *
 * <p>Every lane is computed and none sees another, so a lane that is not scored disturbs nothing;
 * what it holds afterwards is not to be read. One object serves one thread.
 */
sealed interface OutputLoss permits SquaredError, SoftmaxCrossEntropy, BinaryCrossEntropy {
  /** The loss of an output. */
  static OutputLoss of(OutputSpec output, VectorOps ops) {
    return switch (output.loss()) {
      case SQUARED_ERROR -> new SquaredError(output.size(), ops);
      case SOFTMAX_CROSS_ENTROPY -> new SoftmaxCrossEntropy(output.size(), ops);
      case BINARY_CROSS_ENTROPY -> new BinaryCrossEntropy(output.size(), ops);
      case PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON ->
          throw new IllegalArgumentException("no gradient of " + output.loss() + " yet");
      case CTC -> throw new IllegalArgumentException("ctc is no loss of single steps");
    };
  }

  /**
   * Logits → outputs (values or probabilities) in place; adds the losses of the targets.
   *
   * @param z (O, 8), from {@code from}
   * @param loss (8), from {@code lossFrom}; only lanes that have a target are added to
   */
  void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom);

  /**
   * Of {@link #forward}: outputs → dE/dlogits in place, 0 in lanes that are not scored.
   *
   * @param y (O, 8), from {@code from}
   * @param targets those of {@link #forward}; every scored lane must have one
   */
  void backward(double[] y, int from, LaneTargets targets);
}
