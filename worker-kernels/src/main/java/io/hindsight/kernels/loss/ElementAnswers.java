package io.hindsight.kernels.loss;

import io.hindsight.kernels.loss.element.ElementLoss;
import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Arrays;

/**
 * From the P raw values of an element of a target to what is answered: quantiles, or the parameters
 * of a distribution.
 *
 * <p>Quantiles are sorted, so that none crosses another; their loss never grows by it
 * (Chernozhukov, Fernández-Val and Galichon: <i>Quantile and Probability Curves Without
 * Crossing</i>, Econometrica 2010). A normal distribution is answered as μ, σ; Student's as μ, σ,
 * ν; the negative binomial as its mean m and its dispersion α; Poisson's as its mean. All other
 * answers are the raw values.
 */
public final class ElementAnswers {
  private ElementAnswers() {}

  /**
   * Replaces the raw values of a step, or of several.
   *
   * @param raw a multiple of {@link OutputSpec#logits}
   */
  public static void answer(OutputSpec output, double[] raw) {
    int width = output.parameters();
    for (int from = 0; from < raw.length; from += width) {
      answer(output, raw, from, from / width % output.size());
    }
  }

  /**
   * Replaces the raw values of one element.
   *
   * @param from the first of its P values
   * @param element in [0, E)
   */
  public static void answer(OutputSpec output, double[] raw, int from, int element) {
    switch (output.loss()) {
      case PINBALL -> Arrays.sort(raw, from, from + output.parameters());
      case GAUSSIAN -> raw[from + 1] = ElementLoss.scale(raw[from + 1]);
      case STUDENT_T -> {
        raw[from + 1] = ElementLoss.scale(raw[from + 1]);
        raw[from + 2] = ElementLoss.freedom(raw[from + 2]);
      }
      case NEGATIVE_BINOMIAL -> {
        raw[from] = output.scale(element) * ScalarMath.softplus(raw[from]);
        raw[from + 1] = ScalarMath.softplus(raw[from + 1]);
      }
      case POISSON -> raw[from] = output.scale(element) * ScalarMath.softplus(raw[from]);
      case SQUARED_ERROR, SOFTMAX_CROSS_ENTROPY, BINARY_CROSS_ENTROPY, CTC, CUMULATIVE_LOGITS -> {}
    }
  }
}
