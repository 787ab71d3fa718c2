package io.hindsight.kernels.network;

import java.util.Objects;

/**
 * What a network answers: a linear map of the top hidden state to O logits, and the loss on them.
 *
 * @param size O: outputs per target; at least 1
 * @param loss the loss, computed from the logits
 * @param at the steps that have a target
 * @param tied whether the matrix of the map is the input's table of tokens (Press and Wolf:
 *     <i>Using the Output Embedding to Improve Language Models</i>, EACL 2017)
 */
public record OutputSpec(int size, Loss loss, At at, boolean tied) {
  /** The loss, and with it the output's activation. */
  public enum Loss {
    /** Identity output; the loss of a target is the mean over its O elements of (z − y)². */
    SQUARED_ERROR,
    /** Softmax output; the target is one class id, the loss −log p(class). */
    SOFTMAX_CROSS_ENTROPY,
    /** Sigmoid outputs; targets are O numbers in [0, 1], the loss their mean cross-entropy. */
    BINARY_CROSS_ENTROPY,
    /**
     * Connectionist temporal classification: softmax output at every step, of the classes and, as
     * the last one, of a blank. The target of a sequence is the string of its steps' classes, the
     * loss −log of the probability of all paths of outputs that are this string once repetitions
     * are one and blanks are none (Graves et al., ICML 2006).
     */
    CTC;

    /** Whether a step's target is one class id rather than O numbers. */
    public boolean targetsAreClasses() {
      return this == SOFTMAX_CROSS_ENTROPY || this == CTC;
    }

    /** Whether a sequence has one target, the string of its classes, rather than one per step. */
    public boolean targetsAreStrings() {
      return this == CTC;
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
    if (loss.targetsAreStrings() && (size < 2 || at != At.EVERY_STEP)) {
      throw new IllegalArgumentException(
          "ctc needs a class and a blank at every step, but has %d outputs at %s"
              .formatted(size, at));
    }
  }

  /** How many class ids a target may have: all outputs, without a blank. */
  public int classes() {
    return loss.targetsAreStrings() ? size - 1 : size;
  }

  /** The output that is the blank: the last. */
  public int blank() {
    return size - 1;
  }

  /** With a matrix of its own. */
  public OutputSpec(int size, Loss loss, At at) {
    this(size, loss, at, false);
  }

  /** The same, whose matrix is the input's table of tokens. */
  public OutputSpec withTable() {
    return new OutputSpec(size, loss, at, true);
  }
}
