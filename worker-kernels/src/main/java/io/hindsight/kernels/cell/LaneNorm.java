package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.NormOps;

/**
 * Layer normalisation of a single vector, with the bits of {@link NormOps}: its four sums are
 * chains of additions that vectors would not make shorter, so it is plain Java.
 */
public final class LaneNorm {
  private static final int SUMS = 4;

  private LaneNorm() {}

  /**
   * y += gain∘v̂, row by row; v becomes v − mean(v).
   *
   * @param n rows of v: whole row blocks
   * @param block rows of a row block
   * @param y in which a row block begins every {@code stride} rows, from {@code yFrom}
   */
  public static void normalize(
      int n, double[] v, double[] gain, int block, double[] y, int yFrom, int stride) {
    double mean = sum(n, v) / n;
    for (int row = 0; row < n; row++) {
      v[row] -= mean;
    }
    double scale = 1.0 / Math.sqrt(sumOfSquares(n, v) / n + NormOps.EPSILON);
    int to = yFrom;
    for (int first = 0; first < n; first += block) {
      for (int row = 0; row < block; row++) {
        double normal = v[first + row] * scale;
        y[to + row] = Math.fma(gain[first + row], normal, y[to + row]);
      }
      to += stride;
    }
  }

  private static double sum(int n, double[] v) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int row = 0;
    for (; row + SUMS <= n; row += SUMS) {
      s0 += v[row];
      s1 += v[row + 1];
      s2 += v[row + 2];
      s3 += v[row + 3];
    }
    for (; row < n; row++) {
      s0 += v[row];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static double sumOfSquares(int n, double[] v) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int row = 0;
    for (; row + SUMS <= n; row += SUMS) {
      s0 = Math.fma(v[row], v[row], s0);
      s1 = Math.fma(v[row + 1], v[row + 1], s1);
      s2 = Math.fma(v[row + 2], v[row + 2], s2);
      s3 = Math.fma(v[row + 3], v[row + 3], s3);
    }
    for (; row < n; row++) {
      s0 = Math.fma(v[row], v[row], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
