package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;

/** A layer over all time steps of a window. */
sealed interface PlainLayer
    permits PlainRecurrent, PlainBidirectional, PlainDropout, PlainLayer.Residual {
  /** What the layer makes of x: [T](rows of x) → [T](rows). */
  double[][] forward(double[][] x, PlainNoise noise);

  /**
   * Of the last {@link #forward}: dE/dy [T](rows) → dE/dx [T](rows of x).
   *
   * @param how as for {@link PlainBptt#backward}
   * @param gradient (P), to which those of its weights are added
   */
  double[][] backward(double[][] dy, Backpropagation how, double[] gradient);

  /** A layer f with what it reads added: y_t = x_t + f(x)_t. */
  record Residual(PlainLayer f) implements PlainLayer {
    @Override
    public double[][] forward(double[][] x, PlainNoise noise) {
      return sum(x, f.forward(x, noise));
    }

    @Override
    public double[][] backward(double[][] dy, Backpropagation how, double[] gradient) {
      return sum(dy, f.backward(dy, how, gradient));
    }

    private static double[][] sum(double[][] a, double[][] b) {
      double[][] sum = new double[a.length][];
      for (int t = 0; t < a.length; t++) {
        sum[t] = a[t].clone();
        for (int i = 0; i < sum[t].length; i++) {
          sum[t][i] += b[t][i];
        }
      }
      return sum;
    }
  }
}
