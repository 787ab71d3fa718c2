package io.hindsight.kernels.network;

import java.util.Objects;

/**
 * What a network answers: a linear map of the top hidden state to O logits, and the loss on them.
 *
 * @param size O: outputs per target; at least 1
 * @param loss the loss, computed from the logits
 * @param at the steps that have a target
 */
public record OutputSpec(int size, Loss loss, At at) {
  /** The loss, and with it the output's activation. */
  public enum Loss {
    /** Identity output; the loss of a target is the mean over its O elements of (z − y)². */
    SQUARED_ERROR,
    /** Softmax output; the target is one class id, the loss −log p(class). */
    SOFTMAX_CROSS_ENTROPY,
    /** Sigmoid outputs; targets are O numbers in [0, 1], the loss their mean cross-entropy. */
    BINARY_CROSS_ENTROPY;

    /** Whether a target is one class id rather than O numbers. */
    public boolean targetsAreClasses() {
      return this == SOFTMAX_CROSS_ENTROPY;
    }
  }

  /** Where the targets are. */
  public enum At {
    /** At every step. */
    EVERY_STEP,
    /** At the last valid step of each sequence. */
    LAST_STEP
  }

  public OutputSpec {
    NetworkSpec.requirePositive("output size", size);
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(at, "at");
  }
}
