package io.hindsight.kernels.distribution;

import io.hindsight.kernels.network.OutputSpec.Loss;

/**
 * The distribution of one number of a target. Its quantiles have the same bits on every machine:
 * they are computed by {@link StrictMath} and plain operations alone.
 */
public sealed interface Distribution permits Normal, StudentT, NegativeBinomial, Poisson {
  /** The mean. */
  double mean();

  /**
   * The smallest value that a share of at least {@code level} lies at or below.
   *
   * @param level in (0, 1)
   */
  double quantile(double level);

  /**
   * That of a network's answer.
   *
   * @param loss of a distribution
   * @param parameters as {@link io.hindsight.kernels.loss.ElementAnswers} makes them
   * @param from the first of this element
   * @throws IllegalArgumentException if the loss is of none
   */
  static Distribution of(Loss loss, double[] parameters, int from) {
    return switch (loss) {
      case GAUSSIAN -> new Normal(parameters[from], parameters[from + 1]);
      case STUDENT_T -> new StudentT(parameters[from], parameters[from + 1], parameters[from + 2]);
      case NEGATIVE_BINOMIAL -> new NegativeBinomial(parameters[from], parameters[from + 1]);
      case POISSON -> new Poisson(parameters[from]);
      case SQUARED_ERROR,
          SOFTMAX_CROSS_ENTROPY,
          BINARY_CROSS_ENTROPY,
          CTC,
          PINBALL,
          CUMULATIVE_LOGITS ->
          throw new IllegalArgumentException(loss + " is the loss of no distribution");
    };
  }

  /** Refuses what is no level. */
  static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "a quantile's level must be between 0 and 1, but is " + level);
    }
  }
}
