package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.Lanes;

/** The losses' passes in plain Java, a lane at a time: the specification of their bits. */
final class ReferenceLossOps implements LossOps {
  private static final int LANES = Lanes.LANES;

  @Override
  public void softmax(int outputs, double[] z, int from, double[] max, double[] sum) {
    int n = outputs * LANES;
    for (int lane = 0; lane < LANES; lane++) {
      int first = from + lane;
      double m = max(n, z, first);
      double s = 0;
      for (int i = first; i < first + n; i += LANES) {
        z[i] = ScalarMath.exp(z[i] - m);
        s += z[i];
      }
      for (int i = first; i < first + n; i += LANES) {
        z[i] /= s;
      }
      max[lane] = m;
      sum[lane] = s;
    }
  }

  private static double max(int n, double[] z, int first) {
    double max = z[first];
    for (int i = first + LANES; i < first + n; i += LANES) {
      max = Math.max(max, z[i]);
    }
    return max;
  }

  @Override
  public void squaredError(int outputs, double[] z, int from, double[] targets, double[] sum) {
    for (int lane = 0; lane < LANES; lane++) {
      double s = 0;
      for (int i = lane; i < outputs * LANES; i += LANES) {
        double error = z[from + i] - targets[i];
        s = Math.fma(error, error, s);
      }
      sum[lane] = s;
    }
  }

  @Override
  public void binaryCrossEntropy(
      int outputs, double[] z, int from, double[] targets, double[] sum) {
    for (int lane = 0; lane < LANES; lane++) {
      double s = 0;
      for (int i = lane; i < outputs * LANES; i += LANES) {
        double logit = z[from + i];
        s += Math.fma(-targets[i], logit, ScalarMath.softplus(logit));
      }
      sum[lane] = s;
    }
  }

  @Override
  public void scaledError(int outputs, double factor, double[] y, int from, double[] targets) {
    for (int i = 0; i < outputs * LANES; i++) {
      y[from + i] = factor * (y[from + i] - targets[i]) / outputs;
    }
  }
}
