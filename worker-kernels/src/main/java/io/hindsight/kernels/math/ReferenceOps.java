package io.hindsight.kernels.math;

/**
 * The operations in plain Java: the specification of their bits, and what runs without the Vector
 * API.
 */
public final class ReferenceOps implements VectorOps {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public void product(
      int m, int k, double[] a, int aFrom, double[] b, int bFrom, double[] c, int cFrom) {
    for (int row = 0; row < m; row++) {
      int ai = aFrom + Packing.index(row, 0, k);
      int ci = cFrom + (row << 3);
      productRow(k, a, ai, b, bFrom, c, ci);
    }
  }

  /** Eight running sums, one per lane, so that eight multiply-adds are in flight. */
  private static void productRow(
      int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    double s0 = c[ci];
    double s1 = c[ci + 1];
    double s2 = c[ci + 2];
    double s3 = c[ci + 3];
    double s4 = c[ci + 4];
    double s5 = c[ci + 5];
    double s6 = c[ci + 6];
    double s7 = c[ci + 7];
    for (int p = 0; p < k; p++) {
      double w = a[ai + (p << 3)];
      int x = bi + (p << 3);
      s0 = Math.fma(w, b[x], s0);
      s1 = Math.fma(w, b[x + 1], s1);
      s2 = Math.fma(w, b[x + 2], s2);
      s3 = Math.fma(w, b[x + 3], s3);
      s4 = Math.fma(w, b[x + 4], s4);
      s5 = Math.fma(w, b[x + 5], s5);
      s6 = Math.fma(w, b[x + 6], s6);
      s7 = Math.fma(w, b[x + 7], s7);
    }
    c[ci] = s0;
    c[ci + 1] = s1;
    c[ci + 2] = s2;
    c[ci + 3] = s3;
    c[ci + 4] = s4;
    c[ci + 5] = s5;
    c[ci + 6] = s6;
    c[ci + 7] = s7;
  }

  @Override
  public void outerProduct(
      int m, int k, double[] d, int dFrom, double[] x, int xFrom, double[] w, int wFrom) {
    for (int row = 0; row < m; row++) {
      outerProductRow(k, d, dFrom + (row << 3), x, xFrom, w, wFrom + row * k);
    }
  }

  private static void outerProductRow(
      int k, double[] d, int di, double[] x, int xi, double[] w, int wi) {
    double d0 = d[di];
    double d1 = d[di + 1];
    double d2 = d[di + 2];
    double d3 = d[di + 3];
    double d4 = d[di + 4];
    double d5 = d[di + 5];
    double d6 = d[di + 6];
    double d7 = d[di + 7];
    for (int p = 0; p < k; p++) {
      int l = xi + (p << 3);
      double sum = Math.fma(d0, x[l], w[wi + p]);
      sum = Math.fma(d1, x[l + 1], sum);
      sum = Math.fma(d2, x[l + 2], sum);
      sum = Math.fma(d3, x[l + 3], sum);
      sum = Math.fma(d4, x[l + 4], sum);
      sum = Math.fma(d5, x[l + 5], sum);
      sum = Math.fma(d6, x[l + 6], sum);
      w[wi + p] = Math.fma(d7, x[l + 7], sum);
    }
  }

  @Override
  public void sigmoid(double[] z, int from, int count) {
    for (int i = from; i < from + count; i++) {
      z[i] = ScalarMath.sigmoid(z[i]);
    }
  }

  @Override
  public void tanh(double[] z, int zFrom, double[] y, int yFrom, int count) {
    for (int i = 0; i < count; i++) {
      y[yFrom + i] = ScalarMath.tanh(z[zFrom + i]);
    }
  }
}
