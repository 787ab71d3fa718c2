package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.Lanes;

/** Layer normalisation in plain Java: the specification of its bits. */
final class ReferenceNormOps implements NormOps {
  private static final int LANES = Lanes.LANES;
  private static final int SUMS = 4;

  @Override
  public void normalize(
      Normalized v, int panel, double[] gain, double[] bias, double[] y, int yFrom) {
    Lanes.broadcast(v.rows(), bias, 0, y, yFrom);
    addNormalized(v, panel, gain, y, yFrom);
  }

  @Override
  public void addNormalized(Normalized v, int panel, double[] gain, double[] y, int yFrom) {
    int n = v.rows();
    double[] x = v.values();
    for (int lane = 0; lane < LANES; lane++) {
      int first = v.at(panel) + lane;
      double mean = mean(x, first, n);
      for (int row = 0; row < n; row++) {
        x[first + row * LANES] -= mean;
      }
      double scale = 1.0 / Math.sqrt(meanOfSquares(x, first, n) + EPSILON);
      v.scales()[v.scaleAt(panel) + lane] = scale;
      for (int row = 0; row < n; row++) {
        int i = row * LANES;
        double normal = x[first + i] * scale;
        x[first + i] = normal;
        y[yFrom + lane + i] = Math.fma(gain[row], normal, y[yFrom + lane + i]);
      }
    }
  }

  private static double mean(double[] x, int first, int n) {
    double[] s = new double[SUMS];
    for (int row = 0; row < n; row++) {
      s[sumOf(row, n)] += x[first + row * LANES];
    }
    return sum(s) / n;
  }

  private static double meanOfSquares(double[] x, int first, int n) {
    double[] s = new double[SUMS];
    for (int row = 0; row < n; row++) {
      double e = x[first + row * LANES];
      int k = sumOf(row, n);
      s[k] = Math.fma(e, e, s[k]);
    }
    return sum(s) / n;
  }

  @Override
  public void normalizeBackward(
      Normalized v,
      int panel,
      int block,
      double[] gain,
      double[] dy,
      int dyFrom,
      double[] dv,
      int dvFrom) {
    int n = v.rows();
    double[] x = v.values();
    for (int lane = 0; lane < LANES; lane++) {
      int first = v.at(panel) + lane;
      double[] s = new double[SUMS]; // of g
      double[] q = new double[SUMS]; // of g∘v̂
      for (int row = 0; row < n; row++) {
        int i = row * LANES;
        double d = dy[dyFrom + lane + i];
        double g = gain[row] * d;
        int k = sumOf(row, n);
        s[k] += g;
        q[k] = Math.fma(g, x[first + i], q[k]);
        int to = v.gainAt(block) + lane + i;
        v.dGain()[to] = Math.fma(d, x[first + i], v.dGain()[to]);
      }
      double mean = sum(s) / n;
      double slope = sum(q) / n;
      double scale = v.scales()[v.scaleAt(panel) + lane];
      for (int row = 0; row < n; row++) {
        int i = row * LANES;
        double g = gain[row] * dy[dyFrom + lane + i];
        dv[dvFrom + lane + i] = Math.fma(-x[first + i], slope, g - mean) * scale;
      }
    }
  }

  private static int sumOf(int row, int n) {
    return row < (n & -SUMS) ? row % SUMS : 0;
  }

  private static double sum(double[] s) {
    return (s[0] + s[1]) + (s[2] + s[3]);
  }
}
