package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.Lanes;

/** The cells' passes in plain Java: the specification of their bits. */
final class ReferenceGateOps implements GateOps {
  private static final int LANES = Lanes.LANES;

  @Override
  public void sigmoid(int n, double[] z, int from) {
    for (int j = from; j < from + n; j++) {
      z[j] = ScalarMath.sigmoid(z[j]);
    }
  }

  @Override
  public void tanh(int n, double[] z, int zFrom, double[] y, int yFrom) {
    for (int j = 0; j < n; j++) {
      y[yFrom + j] = ScalarMath.tanh(z[zFrom + j]);
    }
  }

  @Override
  public void tanhBackward(int n, double[] h, int hFrom, double[] dh, int dhFrom) {
    for (int j = 0; j < n; j++) {
      double y = h[hFrom + j];
      h[hFrom + j] = dh[dhFrom + j] * (1.0 - y * y);
    }
  }

  @Override
  public void sigmoidBackward(int n, double[] h, int hFrom, double[] dh, int dhFrom) {
    for (int j = 0; j < n; j++) {
      double y = h[hFrom + j];
      h[hFrom + j] = dh[dhFrom + j] * (y * (1.0 - y));
    }
  }

  @Override
  public void lstmCell(
      int n, int stride, double[] gates, int i, double[] c, int before, int after) {
    int f = i + stride;
    int g = f + stride;
    for (int j = 0; j < n; j++) {
      c[after + j] = Math.fma(gates[f + j], c[before + j], gates[i + j] * gates[g + j]);
    }
  }

  @Override
  public void lstmHidden(
      int n, double[] gates, int o, double[] tanhC, int tanhFrom, double[] h, int to) {
    for (int j = 0; j < n; j++) {
      h[to + j] = gates[o + j] * tanhC[tanhFrom + j];
    }
  }

  @Override
  public void lstmBackward(
      int n,
      int stride,
      double[] gates,
      int i,
      double[] c,
      int before,
      double[] tanhC,
      int tanhFrom,
      double[] dh,
      int dhFrom,
      double[] dc,
      int dcFrom) {
    int f = i + stride;
    int g = f + stride;
    int o = g + stride;
    for (int j = 0; j < n; j++) {
      double y = tanhC[tanhFrom + j];
      double in = gates[i + j];
      double forget = gates[f + j];
      double candidate = gates[g + j];
      double out = gates[o + j];
      double d = dh[dhFrom + j];
      double dcNow = Math.fma(d * out, 1.0 - y * y, dc[dcFrom + j]);
      gates[i + j] = dcNow * candidate * (in * (1.0 - in));
      gates[f + j] = dcNow * c[before + j] * (forget * (1.0 - forget));
      gates[g + j] = dcNow * in * (1.0 - candidate * candidate);
      gates[o + j] = d * y * (out * (1.0 - out));
      dc[dcFrom + j] = dcNow * forget;
    }
  }

  @Override
  public void lstmHiddenBackward(
      int n, double[] gates, int o, double[] y, int yFrom, double[] dh, int state) {
    for (int j = 0; j < n; j++) {
      double tanh = y[yFrom + j];
      double out = gates[o + j];
      double d = dh[state + j];
      gates[o + j] = d * tanh * (out * (1.0 - out));
      y[yFrom + j] = d * out * (1.0 - tanh * tanh);
    }
  }

  @Override
  public void lstmCellBackward(
      int n, int stride, double[] gates, int i, double[] c, int before, double[] dc, int state) {
    int f = i + stride;
    int g = f + stride;
    for (int j = 0; j < n; j++) {
      double in = gates[i + j];
      double forget = gates[f + j];
      double candidate = gates[g + j];
      double d = dc[state + j];
      gates[i + j] = d * candidate * (in * (1.0 - in));
      gates[f + j] = d * c[before + j] * (forget * (1.0 - forget));
      gates[g + j] = d * in * (1.0 - candidate * candidate);
      dc[state + j] = d * forget;
    }
  }

  @Override
  public void gruCandidate(int n, int stride, double[] gates, int from) {
    int r = from + stride;
    int nh = from + 3 * stride;
    for (int j = 0; j < n; j++) {
      gates[from + j] = Math.fma(gates[r + j], gates[nh + j], gates[from + j]);
    }
  }

  @Override
  public void gruHidden(
      int n, int stride, double[] gates, int from, double[] h, int before, int after) {
    int z = from + 2 * stride;
    for (int j = 0; j < n; j++) {
      double candidate = gates[from + j];
      h[after + j] = Math.fma(gates[z + j], h[before + j] - candidate, candidate);
    }
  }

  @Override
  public void gruBackward(
      int n, int stride, double[] gates, int from, double[] h, int before, double[] dh, int state) {
    int r = from + stride;
    int z = r + stride;
    int nh = z + stride;
    for (int j = 0; j < n; j++) {
      double candidate = gates[from + j];
      double reset = gates[r + j];
      double update = gates[z + j];
      double d = dh[state + j];
      double dn = d * (1.0 - update) * (1.0 - candidate * candidate);
      gates[z + j] = d * (h[before + j] - candidate) * (update * (1.0 - update));
      gates[r + j] = dn * gates[nh + j] * (reset * (1.0 - reset));
      gates[nh + j] = dn * reset;
      gates[from + j] = dn;
      dh[state + j] = d * update;
    }
  }

  @Override
  public void add(int n, double[] x, int xFrom, double[] y, int yFrom) {
    for (int j = 0; j < n; j++) {
      y[yFrom + j] += x[xFrom + j];
    }
  }

  @Override
  public void scale(UnitFactors f, int panel, double[] x, int xFrom, double[] y, int yFrom) {
    for (int j = 0; j < f.units() * LANES; j++) {
      y[yFrom + j] = x[xFrom + j] * factor(f, panel, j);
    }
  }

  @Override
  public void choose(UnitFactors f, int panel, double[] x, int xFrom, double[] y, int yFrom) {
    for (int j = 0; j < f.units() * LANES; j++) {
      double factor = factor(f, panel, j);
      y[yFrom + j] = factor * x[xFrom + j] + (1.0 - factor) * y[yFrom + j];
    }
  }

  @Override
  public void chooseBackward(
      UnitFactors f, int panel, double[] dx, int dxFrom, double[] dy, int dyFrom) {
    for (int j = 0; j < f.units() * LANES; j++) {
      double factor = factor(f, panel, j);
      double d = dy[dyFrom + j];
      dx[dxFrom + j] = d * factor;
      dy[dyFrom + j] = d * (1.0 - factor);
    }
  }

  @Override
  public void strike(
      long stream, long lane, long number, int units, long below, byte[] struck, int at) {
    SplitMix.strike(stream, lane, number, units, below, struck, at);
  }

  /** Of element j of a panel of (units, 8). */
  private static double factor(UnitFactors f, int panel, int j) {
    return f.table()[f.row(f.at(panel) + j / LANES) + j % LANES];
  }
}
