package io.hindsight.kernels.loss.element;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.panel.Lanes;

/**
 * The loss of one element of a target from its P raw values, which are in one lane of a block: p at
 * {@code at + 8p}. It has no state, so any thread may use it.
 */
public sealed interface ElementLoss permits Pinball, Gaussian, StudentT, NegativeBinomial, Poisson {
  /** From one raw value of a lane to the next. */
  int STRIDE = Lanes.LANES;

  /** Added to the scale of a distribution of numbers, so that no density is infinite. */
  double LEAST_SCALE = 1e-6;

  /** Added to the degrees of freedom, so that the variance is finite. */
  double LEAST_FREEDOM = 2;

  /** ½ ln 2π. */
  double HALF_LOG_TWO_PI = 0.9189385332046728;

  /** Below, log softplus(z) is z to the last bit. */
  double LINEAR = -37;

  /**
   * The loss of an element of an output whose elements have one.
   *
   * @param element in [0, E)
   * @throws IllegalArgumentException if it is of another kind
   */
  static ElementLoss of(OutputSpec output, int element) {
    return switch (output.loss()) {
      case PINBALL -> new Pinball(output.options().quantiles());
      case GAUSSIAN -> new Gaussian();
      case STUDENT_T -> new StudentT();
      case NEGATIVE_BINOMIAL -> new NegativeBinomial(output.scale(element));
      case POISSON -> new Poisson(output.scale(element));
      case SQUARED_ERROR, SOFTMAX_CROSS_ENTROPY, BINARY_CROSS_ENTROPY, CTC, CUMULATIVE_LOGITS ->
          throw new IllegalArgumentException(output.loss() + " is no loss of raw values");
    };
  }

  /** l(y; z). */
  double forward(double[] z, int at, double y);

  /** z = scale·dl/dz, of {@link #forward}. */
  void backward(double[] z, int at, double y, double scale);

  /** σ of a raw value. */
  static double scale(double raw) {
    return ScalarMath.softplus(raw) + LEAST_SCALE;
  }

  /** ν of a raw value. */
  static double freedom(double raw) {
    return ScalarMath.softplus(raw) + LEAST_FREEDOM;
  }

  /** log softplus(z), also where softplus(z) is too small to be told from its bound. */
  static double logSoftplus(double z) {
    return z < LINEAR ? z : ScalarMath.log(ScalarMath.softplus(z));
  }

  /** d log softplus(z) / dz: σ(z) / softplus(z), which is 1 where z is far below 0. */
  static double logSoftplusSlope(double z) {
    return z < LINEAR ? 1 : ScalarMath.sigmoid(z) / ScalarMath.softplus(z);
  }
}
