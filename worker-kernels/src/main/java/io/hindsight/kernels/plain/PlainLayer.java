package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;

/** A layer over all time steps of a window. */
sealed interface PlainLayer
    permits PlainRecurrent, PlainBidirectional, PlainDropout, PlainResidual {
  /** What the layer makes of x: [T](rows of x) → [T](rows). */
  double[][] forward(double[][] x, PlainNoise noise);

  /**
   * Of the last {@link #forward}: dE/dy [T](rows) → dE/dx [T](rows of x).
   *
   * @param how as for {@link PlainBptt#backward}
   * @param gradient (P), to which those of its weights are added
   */
  double[][] backward(double[][] dy, Backpropagation how, double[] gradient);
}
