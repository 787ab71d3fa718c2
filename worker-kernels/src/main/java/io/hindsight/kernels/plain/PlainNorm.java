package io.hindsight.kernels.plain;

import io.hindsight.kernels.math.NormOps;
import io.hindsight.kernels.network.NormBlocks.Affine;

/**
 * Layer normalisation of a vector: LN(v) = gain∘v̂ + bias, v̂ = (v − mean)/√(var + ε), with the
 * variance divided by n.
 */
final class PlainNorm {
  private final double[] values; // (P)
  private final int gain; // where it starts among them
  private final int bias;

  PlainNorm(double[] values, Affine blocks) {
    this.values = values;
    gain = blocks.gain().offset();
    bias = blocks.bias().offset();
  }

  /** v (n) → LN(v). */
  double[] forward(double[] v) {
    double[] y = normal(v);
    for (int i = 0; i < y.length; i++) {
      y[i] = values[gain + i] * y[i] + values[bias + i];
    }
    return y;
  }

  /**
   * Of {@link #forward}: dgain += dy∘v̂, dbias += dy in the gradient (P); with g = gain∘dy it
   * returns dv = (g − mean(g) − v̂ mean(g∘v̂))/√(var + ε).
   */
  double[] backward(double[] v, double[] dy, double[] gradient) {
    double[] normal = normal(v);
    double[] g = new double[v.length];
    double[] products = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      gradient[gain + i] += dy[i] * normal[i];
      gradient[bias + i] += dy[i];
      g[i] = values[gain + i] * dy[i];
      products[i] = g[i] * normal[i];
    }
    double mean = mean(g);
    double slope = mean(products);
    double deviation = deviation(v);
    for (int i = 0; i < v.length; i++) {
      g[i] = (g[i] - mean - normal[i] * slope) / deviation;
    }
    return g;
  }

  /** v̂. */
  private static double[] normal(double[] v) {
    double mean = mean(v);
    double deviation = deviation(v);
    double[] normal = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      normal[i] = (v[i] - mean) / deviation;
    }
    return normal;
  }

  /** √(var + ε). */
  private static double deviation(double[] v) {
    double mean = mean(v);
    double[] squares = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      squares[i] = (v[i] - mean) * (v[i] - mean);
    }
    return Math.sqrt(mean(squares) + NormOps.EPSILON);
  }

  private static double mean(double[] v) {
    double sum = 0;
    for (double element : v) {
      sum += element;
    }
    return sum / v.length;
  }
}
