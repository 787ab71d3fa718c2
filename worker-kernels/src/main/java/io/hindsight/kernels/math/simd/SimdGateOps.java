package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.SplitMix;
import io.hindsight.kernels.math.UnitFactors;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cells' passes on vectors. The number of elements is a multiple of 8, so of every vector's
 * length.
 */
final class SimdGateOps implements GateOps {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Species.LANES;
  private static final int BLOCK = Lanes.LANES;

  @Override
  public void sigmoid(int n, double[] z, int from) {
    SimdActivations.sigmoid(n, z, from);
  }

  @Override
  public void tanh(int n, double[] z, int zFrom, double[] y, int yFrom) {
    SimdActivations.tanh(n, z, zFrom, y, yFrom);
  }

  @Override
  public void tanhBackward(int n, double[] h, int hFrom, double[] dh, int dhFrom) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int j = 0; j < n; j += LANES) {
      DoubleVector y = DoubleVector.fromArray(S, h, hFrom + j);
      DoubleVector d = DoubleVector.fromArray(S, dh, dhFrom + j);
      d.mul(one.sub(y.mul(y))).intoArray(h, hFrom + j);
    }
  }

  @Override
  public void sigmoidBackward(int n, double[] h, int hFrom, double[] dh, int dhFrom) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int j = 0; j < n; j += LANES) {
      DoubleVector y = DoubleVector.fromArray(S, h, hFrom + j);
      DoubleVector d = DoubleVector.fromArray(S, dh, dhFrom + j);
      d.mul(y.mul(one.sub(y))).intoArray(h, hFrom + j);
    }
  }

  @Override
  public void lstmCell(
      int n, int stride, double[] gates, int i, double[] c, int before, int after) {
    int f = i + stride;
    int g = f + stride;
    for (int j = 0; j < n; j += LANES) {
      DoubleVector in = DoubleVector.fromArray(S, gates, i + j);
      DoubleVector forget = DoubleVector.fromArray(S, gates, f + j);
      DoubleVector candidate = DoubleVector.fromArray(S, gates, g + j);
      DoubleVector old = DoubleVector.fromArray(S, c, before + j);
      forget.fma(old, in.mul(candidate)).intoArray(c, after + j);
    }
  }

  @Override
  public void lstmHidden(
      int n, double[] gates, int o, double[] tanhC, int tanhFrom, double[] h, int to) {
    for (int j = 0; j < n; j += LANES) {
      DoubleVector out = DoubleVector.fromArray(S, gates, o + j);
      out.mul(DoubleVector.fromArray(S, tanhC, tanhFrom + j)).intoArray(h, to + j);
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
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int j = 0; j < n; j += LANES) {
      DoubleVector y = DoubleVector.fromArray(S, tanhC, tanhFrom + j);
      DoubleVector out = DoubleVector.fromArray(S, gates, o + j);
      DoubleVector d = DoubleVector.fromArray(S, dh, dhFrom + j);
      DoubleVector later = DoubleVector.fromArray(S, dc, dcFrom + j);
      DoubleVector now = d.mul(out).fma(one.sub(y.mul(y)), later);
      d.mul(y).mul(out.mul(one.sub(out))).intoArray(gates, o + j);
      DoubleVector in = DoubleVector.fromArray(S, gates, i + j);
      DoubleVector forget = DoubleVector.fromArray(S, gates, f + j);
      DoubleVector candidate = DoubleVector.fromArray(S, gates, g + j);
      DoubleVector old = DoubleVector.fromArray(S, c, before + j);
      now.mul(candidate).mul(in.mul(one.sub(in))).intoArray(gates, i + j);
      now.mul(old).mul(forget.mul(one.sub(forget))).intoArray(gates, f + j);
      now.mul(in).mul(one.sub(candidate.mul(candidate))).intoArray(gates, g + j);
      now.mul(forget).intoArray(dc, dcFrom + j);
    }
  }

  @Override
  public void lstmHiddenBackward(
      int n, double[] gates, int o, double[] y, int yFrom, double[] dh, int state) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int j = 0; j < n; j += LANES) {
      DoubleVector tanh = DoubleVector.fromArray(S, y, yFrom + j);
      DoubleVector out = DoubleVector.fromArray(S, gates, o + j);
      DoubleVector d = DoubleVector.fromArray(S, dh, state + j);
      d.mul(tanh).mul(out.mul(one.sub(out))).intoArray(gates, o + j);
      d.mul(out).mul(one.sub(tanh.mul(tanh))).intoArray(y, yFrom + j);
    }
  }

  @Override
  public void lstmCellBackward(
      int n, int stride, double[] gates, int i, double[] c, int before, double[] dc, int state) {
    int f = i + stride;
    int g = f + stride;
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int j = 0; j < n; j += LANES) {
      DoubleVector in = DoubleVector.fromArray(S, gates, i + j);
      DoubleVector forget = DoubleVector.fromArray(S, gates, f + j);
      DoubleVector candidate = DoubleVector.fromArray(S, gates, g + j);
      DoubleVector old = DoubleVector.fromArray(S, c, before + j);
      DoubleVector d = DoubleVector.fromArray(S, dc, state + j);
      d.mul(candidate).mul(in.mul(one.sub(in))).intoArray(gates, i + j);
      d.mul(old).mul(forget.mul(one.sub(forget))).intoArray(gates, f + j);
      d.mul(in).mul(one.sub(candidate.mul(candidate))).intoArray(gates, g + j);
      d.mul(forget).intoArray(dc, state + j);
    }
  }

  @Override
  public void gruCandidate(int n, int stride, double[] gates, int from) {
    int r = from + stride;
    int nh = from + 3 * stride;
    for (int j = 0; j < n; j += LANES) {
      DoubleVector reset = DoubleVector.fromArray(S, gates, r + j);
      DoubleVector hidden = DoubleVector.fromArray(S, gates, nh + j);
      DoubleVector input = DoubleVector.fromArray(S, gates, from + j);
      reset.fma(hidden, input).intoArray(gates, from + j);
    }
  }

  @Override
  public void gruHidden(
      int n, int stride, double[] gates, int from, double[] h, int before, int after) {
    int z = from + 2 * stride;
    for (int j = 0; j < n; j += LANES) {
      DoubleVector candidate = DoubleVector.fromArray(S, gates, from + j);
      DoubleVector update = DoubleVector.fromArray(S, gates, z + j);
      DoubleVector old = DoubleVector.fromArray(S, h, before + j);
      update.fma(old.sub(candidate), candidate).intoArray(h, after + j);
    }
  }

  @Override
  public void gruBackward(
      int n, int stride, double[] gates, int from, double[] h, int before, double[] dh, int state) {
    int r = from + stride;
    int z = r + stride;
    int nh = z + stride;
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int j = 0; j < n; j += LANES) {
      DoubleVector candidate = DoubleVector.fromArray(S, gates, from + j);
      DoubleVector reset = DoubleVector.fromArray(S, gates, r + j);
      DoubleVector update = DoubleVector.fromArray(S, gates, z + j);
      DoubleVector hidden = DoubleVector.fromArray(S, gates, nh + j);
      DoubleVector old = DoubleVector.fromArray(S, h, before + j);
      DoubleVector d = DoubleVector.fromArray(S, dh, state + j);
      DoubleVector dn = d.mul(one.sub(update)).mul(one.sub(candidate.mul(candidate)));
      d.mul(old.sub(candidate)).mul(update.mul(one.sub(update))).intoArray(gates, z + j);
      dn.mul(hidden).mul(reset.mul(one.sub(reset))).intoArray(gates, r + j);
      dn.mul(reset).intoArray(gates, nh + j);
      dn.intoArray(gates, from + j);
      d.mul(update).intoArray(dh, state + j);
    }
  }

  @Override
  public void add(int n, double[] x, int xFrom, double[] y, int yFrom) {
    for (int j = 0; j < n; j += LANES) {
      DoubleVector sum = DoubleVector.fromArray(S, y, yFrom + j);
      sum.add(DoubleVector.fromArray(S, x, xFrom + j)).intoArray(y, yFrom + j);
    }
  }

  @Override
  public void scale(UnitFactors f, int panel, double[] x, int xFrom, double[] y, int yFrom) {
    double[] table = f.table();
    int first = f.at(panel);
    for (int unit = 0; unit < f.units(); unit++) {
      int row = f.row(first + unit);
      for (int lane = 0; lane < BLOCK; lane += LANES) {
        int j = unit * BLOCK + lane;
        DoubleVector factor = DoubleVector.fromArray(S, table, row + lane);
        DoubleVector.fromArray(S, x, xFrom + j).mul(factor).intoArray(y, yFrom + j);
      }
    }
  }

  @Override
  public void choose(UnitFactors f, int panel, double[] x, int xFrom, double[] y, int yFrom) {
    double[] table = f.table();
    int first = f.at(panel);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int unit = 0; unit < f.units(); unit++) {
      int row = f.row(first + unit);
      for (int lane = 0; lane < BLOCK; lane += LANES) {
        int j = unit * BLOCK + lane;
        DoubleVector factor = DoubleVector.fromArray(S, table, row + lane);
        DoubleVector chosen = factor.mul(DoubleVector.fromArray(S, x, xFrom + j));
        DoubleVector left = one.sub(factor).mul(DoubleVector.fromArray(S, y, yFrom + j));
        chosen.add(left).intoArray(y, yFrom + j);
      }
    }
  }

  @Override
  public void chooseBackward(
      UnitFactors f, int panel, double[] dx, int dxFrom, double[] dy, int dyFrom) {
    double[] table = f.table();
    int first = f.at(panel);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int unit = 0; unit < f.units(); unit++) {
      int row = f.row(first + unit);
      for (int lane = 0; lane < BLOCK; lane += LANES) {
        int j = unit * BLOCK + lane;
        DoubleVector factor = DoubleVector.fromArray(S, table, row + lane);
        DoubleVector d = DoubleVector.fromArray(S, dy, dyFrom + j);
        d.mul(factor).intoArray(dx, dxFrom + j);
        d.mul(one.sub(factor)).intoArray(dy, dyFrom + j);
      }
    }
  }

  @Override
  public void strike(
      long stream, long lane, long number, int units, long below, byte[] struck, int at) {
    if (LANES == BLOCK) {
      SimdNoise.strike(stream, lane, number, units, below, struck, at);
    } else {
      SplitMix.strike(stream, lane, number, units, below, struck, at);
    }
  }
}
