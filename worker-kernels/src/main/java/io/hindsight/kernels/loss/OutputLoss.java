package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;

/**
 * A loss on one target, computed from the logits of one lane.
 *
 * <p>Logits of a lane are {@code z[from + 8·o]} for o in [0, O): one lane of an {@code (O, 8)}
 * block.
 */
public sealed interface OutputLoss permits SquaredError, SoftmaxCrossEntropy, BinaryCrossEntropy {
  /** The loss of an output. */
  static OutputLoss of(OutputSpec output) {
    return switch (output.loss()) {
      case SQUARED_ERROR -> new SquaredError(output.size());
      case SOFTMAX_CROSS_ENTROPY -> new SoftmaxCrossEntropy(output.size());
      case BINARY_CROSS_ENTROPY -> new BinaryCrossEntropy(output.size());
    };
  }

  /** The loss of the target of step {@code step} of a sequence; 0 if it has no targets. */
  double loss(double[] z, int from, Sequence sequence, int step);

  /** Logits → outputs (values or probabilities), in place. */
  void activate(double[] z, int from);

  /** Outputs → dE/dlogits of the target of {@link #loss}, in place. */
  void backward(double[] y, int from, Sequence sequence, int step);
}
