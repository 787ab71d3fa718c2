package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.NormBlocks.Affine;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.Optional;

/** The map y = LN(W x) + b. */
final class PlainNormalized implements PlainMap {
  private final double[] values; // (P)
  private final PlainLinear product; // W x
  private final PlainNorm norm;
  private final Optional<Block> bias; // (m)

  PlainNormalized(double[] values, Block weight, Optional<Block> bias, Affine norm) {
    this.values = values;
    product = new PlainLinear(values, weight, Optional.empty());
    this.norm = new PlainNorm(values, norm);
    this.bias = bias;
  }

  @Override
  public int inputs() {
    return product.inputs();
  }

  @Override
  public double[] forward(double[] x) {
    double[] y = norm.forward(product.forward(x));
    for (int i = 0; i < y.length && bias.isPresent(); i++) {
      y[i] += values[bias.get().offset() + i];
    }
    return y;
  }

  @Override
  public void backward(double[] x, double[] dy, double[] dx, double[] gradient) {
    for (int i = 0; i < dy.length && bias.isPresent(); i++) {
      gradient[bias.get().offset() + i] += dy[i];
    }
    product.backward(x, norm.backward(product.forward(x), dy, gradient), dx, gradient);
  }
}
