package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;

/** A layer around another: y_t = x_t + f(x)_t. */
final class PlainResidual implements PlainLayer {
  private final PlainLayer inner; // f

  PlainResidual(PlainLayer inner) {
    this.inner = inner;
  }

  @Override
  public double[][] forward(double[][] x, PlainNoise noise) {
    return sum(x, inner.forward(x, noise));
  }

  @Override
  public double[][] backward(double[][] dy, Backpropagation how, double[] gradient) {
    return sum(dy, inner.backward(dy, how, gradient));
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
