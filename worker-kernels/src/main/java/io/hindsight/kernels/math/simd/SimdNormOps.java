package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.NormOps;
import io.hindsight.kernels.math.Normalized;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Layer normalisation on vectors of neighbouring lanes. Four sums at a time, so that no addition
 * waits for the one before it. Sums are handed on in memory: a vector that a method returns may
 * become an object.
 */
final class SimdNormOps implements NormOps {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Species.LANES;
  private static final int BLOCK = Lanes.LANES;
  private static final int SUMS = 4;

  @Override
  public void normalize(
      Normalized v, int panel, double[] gain, double[] bias, double[] y, int yFrom) {
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = v.at(panel) + lane;
      int scale = v.scaleAt(panel) + lane;
      mean(v.rows(), v.values(), first, v.means(), lane);
      scale(v, first, lane, scale);
      putNormal(v, first, lane, scale, gain, bias, y, yFrom + lane);
    }
  }

  @Override
  public void addNormalized(Normalized v, int panel, double[] gain, double[] y, int yFrom) {
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = v.at(panel) + lane;
      int scale = v.scaleAt(panel) + lane;
      mean(v.rows(), v.values(), first, v.means(), lane);
      scale(v, first, lane, scale);
      addNormal(v, first, lane, scale, gain, y, yFrom + lane);
    }
  }

  /** Mean of v into {@code means}. */
  private static void mean(int n, double[] x, int first, double[] means, int to) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int row = 0;
    int i = first;
    for (; row + SUMS <= n; row += SUMS, i += SUMS * BLOCK) {
      s0 = s0.add(DoubleVector.fromArray(S, x, i));
      s1 = s1.add(DoubleVector.fromArray(S, x, i + BLOCK));
      s2 = s2.add(DoubleVector.fromArray(S, x, i + 2 * BLOCK));
      s3 = s3.add(DoubleVector.fromArray(S, x, i + 3 * BLOCK));
    }
    for (; row < n; row++, i += BLOCK) {
      s0 = s0.add(DoubleVector.fromArray(S, x, i));
    }
    s0.add(s1).add(s2.add(s3)).div(n).intoArray(means, to);
  }

  /** 1/√(var + ε), given the mean. */
  private static void scale(Normalized v, int first, int lane, int to) {
    double[] x = v.values();
    int n = v.rows();
    DoubleVector mean = DoubleVector.fromArray(S, v.means(), lane);
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int row = 0;
    int i = first;
    for (; row + SUMS <= n; row += SUMS, i += SUMS * BLOCK) {
      DoubleVector e0 = DoubleVector.fromArray(S, x, i).sub(mean);
      DoubleVector e1 = DoubleVector.fromArray(S, x, i + BLOCK).sub(mean);
      DoubleVector e2 = DoubleVector.fromArray(S, x, i + 2 * BLOCK).sub(mean);
      DoubleVector e3 = DoubleVector.fromArray(S, x, i + 3 * BLOCK).sub(mean);
      s0 = e0.fma(e0, s0);
      s1 = e1.fma(e1, s1);
      s2 = e2.fma(e2, s2);
      s3 = e3.fma(e3, s3);
    }
    for (; row < n; row++, i += BLOCK) {
      DoubleVector e = DoubleVector.fromArray(S, x, i).sub(mean);
      s0 = e.fma(e, s0);
    }
    DoubleVector variance = s0.add(s1).add(s2.add(s3)).div(n);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    one.div(variance.add(EPSILON).sqrt()).intoArray(v.scales(), to);
  }

  /** v̂ in the place of v; y = bias + gain∘v̂. */
  private static void putNormal(
      Normalized v,
      int first,
      int lane,
      int scaleAt,
      double[] gain,
      double[] bias,
      double[] y,
      int yFirst) {
    double[] x = v.values();
    DoubleVector mean = DoubleVector.fromArray(S, v.means(), lane);
    DoubleVector scale = DoubleVector.fromArray(S, v.scales(), scaleAt);
    for (int row = 0, i = 0; row < v.rows(); row++, i += BLOCK) {
      DoubleVector normal = DoubleVector.fromArray(S, x, first + i).sub(mean).mul(scale);
      normal.intoArray(x, first + i);
      DoubleVector sum = DoubleVector.broadcast(S, bias[row]);
      normal.fma(DoubleVector.broadcast(S, gain[row]), sum).intoArray(y, yFirst + i);
    }
  }

  /** v̂ in the place of v; y += gain∘v̂. */
  private static void addNormal(
      Normalized v, int first, int lane, int scaleAt, double[] gain, double[] y, int yFirst) {
    double[] x = v.values();
    DoubleVector mean = DoubleVector.fromArray(S, v.means(), lane);
    DoubleVector scale = DoubleVector.fromArray(S, v.scales(), scaleAt);
    for (int row = 0, i = 0; row < v.rows(); row++, i += BLOCK) {
      DoubleVector sum = DoubleVector.fromArray(S, y, yFirst + i);
      DoubleVector normal = DoubleVector.fromArray(S, x, first + i).sub(mean).mul(scale);
      normal.intoArray(x, first + i);
      normal.fma(DoubleVector.broadcast(S, gain[row]), sum).intoArray(y, yFirst + i);
    }
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
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = v.at(panel) + lane;
      means(v, first, gain, dy, dyFrom + lane, v.gainAt(block) + lane, lane);
      subtract(v, panel, lane, gain, dy, dyFrom + lane, dv, dvFrom + lane);
    }
  }

  /** dgain += dy∘v̂, and the means of g = gain∘dy and of g∘v̂. */
  private static void means(
      Normalized v, int first, double[] gain, double[] dy, int from, int dGainAt, int lane) {
    double[] x = v.values();
    double[] dGain = v.dGain();
    int n = v.rows();
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector q0 = s0;
    DoubleVector q1 = s0;
    DoubleVector q2 = s0;
    DoubleVector q3 = s0;
    int row = 0;
    int i = 0;
    for (; row + SUMS <= n; row += SUMS, i += SUMS * BLOCK) {
      DoubleVector x0 = DoubleVector.fromArray(S, x, first + i);
      DoubleVector x1 = DoubleVector.fromArray(S, x, first + i + BLOCK);
      DoubleVector x2 = DoubleVector.fromArray(S, x, first + i + 2 * BLOCK);
      DoubleVector x3 = DoubleVector.fromArray(S, x, first + i + 3 * BLOCK);
      DoubleVector d0 = DoubleVector.fromArray(S, dy, from + i);
      DoubleVector d1 = DoubleVector.fromArray(S, dy, from + i + BLOCK);
      DoubleVector d2 = DoubleVector.fromArray(S, dy, from + i + 2 * BLOCK);
      DoubleVector d3 = DoubleVector.fromArray(S, dy, from + i + 3 * BLOCK);
      DoubleVector g0 = d0.mul(gain[row]);
      DoubleVector g1 = d1.mul(gain[row + 1]);
      DoubleVector g2 = d2.mul(gain[row + 2]);
      DoubleVector g3 = d3.mul(gain[row + 3]);
      s0 = s0.add(g0);
      s1 = s1.add(g1);
      s2 = s2.add(g2);
      s3 = s3.add(g3);
      q0 = g0.fma(x0, q0);
      q1 = g1.fma(x1, q1);
      q2 = g2.fma(x2, q2);
      q3 = g3.fma(x3, q3);
      int to = dGainAt + i;
      d0.fma(x0, DoubleVector.fromArray(S, dGain, to)).intoArray(dGain, to);
      to += BLOCK;
      d1.fma(x1, DoubleVector.fromArray(S, dGain, to)).intoArray(dGain, to);
      to += BLOCK;
      d2.fma(x2, DoubleVector.fromArray(S, dGain, to)).intoArray(dGain, to);
      to += BLOCK;
      d3.fma(x3, DoubleVector.fromArray(S, dGain, to)).intoArray(dGain, to);
    }
    for (; row < n; row++, i += BLOCK) {
      DoubleVector x0 = DoubleVector.fromArray(S, x, first + i);
      DoubleVector d0 = DoubleVector.fromArray(S, dy, from + i);
      DoubleVector g0 = d0.mul(gain[row]);
      s0 = s0.add(g0);
      q0 = g0.fma(x0, q0);
      int to = dGainAt + i;
      d0.fma(x0, DoubleVector.fromArray(S, dGain, to)).intoArray(dGain, to);
    }
    s0.add(s1).add(s2.add(s3)).div(n).intoArray(v.means(), lane);
    q0.add(q1).add(q2.add(q3)).div(n).intoArray(v.means(), BLOCK + lane);
  }

  /** dv, given the means. */
  private static void subtract(
      Normalized v,
      int panel,
      int lane,
      double[] gain,
      double[] dy,
      int from,
      double[] dv,
      int to) {
    double[] x = v.values();
    int first = v.at(panel) + lane;
    DoubleVector mean = DoubleVector.fromArray(S, v.means(), lane);
    DoubleVector slope = DoubleVector.fromArray(S, v.means(), BLOCK + lane);
    DoubleVector scale = DoubleVector.fromArray(S, v.scales(), v.scaleAt(panel) + lane);
    for (int row = 0, i = 0; row < v.rows(); row++, i += BLOCK) {
      DoubleVector g = DoubleVector.fromArray(S, dy, from + i).mul(gain[row]);
      DoubleVector normal = DoubleVector.fromArray(S, x, first + i);
      normal.neg().fma(slope, g.sub(mean)).mul(scale).intoArray(dv, to + i);
    }
  }
}
