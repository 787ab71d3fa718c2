package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.Optional;

/** The map y = W x + b of some named parameters. */
final class PlainLinear implements PlainMap {
  private final double[] values; // (P)
  private final Block weight; // (m, k)
  private final Optional<Block> bias; // (m); nothing for 0

  PlainLinear(double[] values, Block weight, Optional<Block> bias) {
    this.values = values;
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public int inputs() {
    return weight.columns();
  }

  @Override
  public double[] forward(double[] x) {
    double[] y = new double[weight.rows()];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias.isPresent() ? values[bias.get().offset() + i] : 0;
      for (int j = 0; j < x.length; j++) {
        y[i] += values[at(i, j)] * x[j];
      }
    }
    return y;
  }

  /** dW += dy xᵀ, db += dy, dx += Wᵀ dy. */
  @Override
  public void backward(double[] x, double[] dy, double[] dx, double[] gradient) {
    for (int i = 0; i < dy.length; i++) {
      if (bias.isPresent()) {
        gradient[bias.get().offset() + i] += dy[i];
      }
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
