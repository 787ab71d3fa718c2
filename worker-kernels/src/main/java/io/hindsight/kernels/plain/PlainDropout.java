package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.random.Noise.Kind;
import io.hindsight.kernels.random.Noise.Site;

/** Dropout: y_t = m_t∘x_t, with the same m at all steps if it is variational. */
final class PlainDropout implements PlainLayer {
  private final DropoutSpec spec;
  private final int number; // its place in the network's list
  private double[][] factors; // [T](rows)

  PlainDropout(DropoutSpec spec, int number) {
    this.spec = spec;
    this.number = number;
  }

  @Override
  public double[][] forward(double[][] x, PlainNoise noise) {
    factors = new double[x.length][];
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      Site site = new Site(number, Kind.DROPOUT, spec.rate(), x[t].length);
      factors[t] = noise.dropout(site, spec.variational() ? 0 : t);
      y[t] = product(factors[t], x[t]);
    }
    return y;
  }

  @Override
  public double[][] backward(double[][] dy, Backpropagation how, double[] gradient) {
    double[][] dx = new double[dy.length][];
    for (int t = 0; t < dy.length; t++) {
      dx[t] = product(factors[t], dy[t]);
    }
    return dx;
  }

  /** a∘b. */
  static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      product[j] = a[j] * b[j];
    }
    return product;
  }
}
