package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.ParameterLayout.Block;

/** The map y = W x + b of some named parameters. */
final class PlainLinear {
  private final double[] values; // (P)
  private final Block weight; // (m, k)
  private final Block bias; // (m)

  PlainLinear(double[] values, Block weight, Block bias) {
    this.values = values;
    this.weight = weight;
    this.bias = bias;
  }

  /** k: elements of x. */
  int inputs() {
    return weight.columns();
  }

  /** y = W x + b // (k) → (m). */
  double[] forward(double[] x) {
    double[] y = new double[weight.rows()];
    for (int i = 0; i < y.length; i++) {
      y[i] = values[bias.offset() + i];
      for (int j = 0; j < x.length; j++) {
        y[i] += values[at(i, j)] * x[j];
      }
    }
    return y;
  }

  /** dW += dy xᵀ, db += dy in the gradient (P); adds dx += Wᵀ dy. */
  void backward(double[] x, double[] dy, double[] dx, double[] gradient) {
    for (int i = 0; i < dy.length; i++) {
      gradient[bias.offset() + i] += dy[i];
      for (int j = 0; j < x.length; j++) {
        gradient[at(i, j)] += dy[i] * x[j];
        dx[j] += dy[i] * values[at(i, j)];
      }
    }
  }

  private int at(int row, int column) {
    return weight.offset() + row * weight.columns() + column;
  }
}
