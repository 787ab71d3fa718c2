package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.NormOps;
import io.hindsight.kernels.math.Normalized;
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
  public void normalize(Normalized v, int panel, double[] gain, double[] y, int yFrom) {
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

  /** v̂ in the place of v; y += gain∘v̂. */
  private static void addNormal(
      Normalized v, int first, int lane, int scaleAt, double[] gain, double[] y, int yFirst) {
    double[] x = v.values();
    DoubleVector mean = DoubleVector.fromArray(S, v.means(), lane);
    DoubleVector scale = DoubleVector.fromArray(S, v.scales(), scaleAt);
    for (int row = 0, i = 0; row < v.rows(); row++, i += BLOCK) {
      DoubleVector normal = DoubleVector.fromArray(S, x, first + i).sub(mean).mul(scale);
      normal.intoArray(x, first + i);
      DoubleVector sum = DoubleVector.fromArray(S, y, yFirst + i);
      normal.fma(DoubleVector.broadcast(S, gain[row]), sum).intoArray(y, yFirst + i);
    }
  }

  @Override
  public void normalizeBackward(
      Normalized v, int panel, int block, double[] gain, double[] dy, int dyFrom) {
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = v.at(panel) + lane;
      meanOfGradients(v.rows(), gain, dy, dyFrom + lane, v.means(), lane);
      meanOfProducts(v, first, gain, dy, dyFrom + lane, BLOCK + lane);
      addToGain(v, first, v.at(block) + lane, dy, dyFrom + lane);
      subtract(v, first, v.scaleAt(panel) + lane, lane, gain, dy, dyFrom + lane);
    }
  }

  /** Mean of g = gain∘dy. */
  private static void meanOfGradients(
      int n, double[] gain, double[] dy, int from, double[] means, int to) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int row = 0;
    int i = from;
    for (; row + SUMS <= n; row += SUMS, i += SUMS * BLOCK) {
      s0 = s0.add(product(gain[row], dy, i));
      s1 = s1.add(product(gain[row + 1], dy, i + BLOCK));
      s2 = s2.add(product(gain[row + 2], dy, i + 2 * BLOCK));
      s3 = s3.add(product(gain[row + 3], dy, i + 3 * BLOCK));
    }
    for (; row < n; row++, i += BLOCK) {
      s0 = s0.add(product(gain[row], dy, i));
    }
    s0.add(s1).add(s2.add(s3)).div(n).intoArray(means, to);
  }

  /** Mean of g∘v̂. */
  private static void meanOfProducts(
      Normalized v, int first, double[] gain, double[] dy, int from, int to) {
    double[] x = v.values();
    int n = v.rows();
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int row = 0;
    int i = first;
    int d = from;
    for (; row + SUMS <= n; row += SUMS, i += SUMS * BLOCK, d += SUMS * BLOCK) {
      DoubleVector x0 = DoubleVector.fromArray(S, x, i);
      DoubleVector x1 = DoubleVector.fromArray(S, x, i + BLOCK);
      DoubleVector x2 = DoubleVector.fromArray(S, x, i + 2 * BLOCK);
      DoubleVector x3 = DoubleVector.fromArray(S, x, i + 3 * BLOCK);
      s0 = product(gain[row], dy, d).fma(x0, s0);
      s1 = product(gain[row + 1], dy, d + BLOCK).fma(x1, s1);
      s2 = product(gain[row + 2], dy, d + 2 * BLOCK).fma(x2, s2);
      s3 = product(gain[row + 3], dy, d + 3 * BLOCK).fma(x3, s3);
    }
    for (; row < n; row++, i += BLOCK, d += BLOCK) {
      s0 = product(gain[row], dy, d).fma(DoubleVector.fromArray(S, x, i), s0);
    }
    s0.add(s1).add(s2.add(s3)).div(n).intoArray(v.means(), to);
  }

  /** dgain += dy∘v̂. */
  private static void addToGain(Normalized v, int first, int to, double[] dy, int dyFirst) {
    double[] x = v.values();
    double[] dGain = v.dGain();
    for (int i = 0; i < v.rows() * BLOCK; i += BLOCK) {
      DoubleVector d = DoubleVector.fromArray(S, dy, dyFirst + i);
      DoubleVector sum = DoubleVector.fromArray(S, dGain, to + i);
      d.fma(DoubleVector.fromArray(S, x, first + i), sum).intoArray(dGain, to + i);
    }
  }

  /** dv in the place of v̂, given the means. */
  private static void subtract(
      Normalized v, int first, int scaleAt, int lane, double[] gain, double[] dy, int from) {
    double[] x = v.values();
    DoubleVector mean = DoubleVector.fromArray(S, v.means(), lane);
    DoubleVector slope = DoubleVector.fromArray(S, v.means(), BLOCK + lane);
    DoubleVector scale = DoubleVector.fromArray(S, v.scales(), scaleAt);
    for (int row = 0, i = 0; row < v.rows(); row++, i += BLOCK) {
      DoubleVector g = product(gain[row], dy, from + i);
      DoubleVector normal = DoubleVector.fromArray(S, x, first + i);
      normal.neg().fma(slope, g.sub(mean)).mul(scale).intoArray(x, first + i);
    }
  }

  private static DoubleVector product(double gain, double[] dy, int from) {
    return DoubleVector.fromArray(S, dy, from).mul(gain);
  }
}
