package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.ExpTerms;
import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax over a lane block {@code (O, 8)}: {@link ScalarMath}'s operations, in its order, on
 * vectors of neighbouring lanes. Its passes meet in arrays, so that no vector leaves a method.
 */
final class SimdSoftmax {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Species.LANES;
  private static final int BLOCK = Lanes.LANES;

  private SimdSoftmax() {}

  /**
   * max = max z of each lane. Maxima of even and odd o are as good, and wait less for each other.
   */
  static void max(int outputs, double[] z, int from, double[] max) {
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = from + lane;
      DoubleVector even = DoubleVector.fromArray(S, z, first);
      DoubleVector odd = even;
      int o = 1;
      for (; o < outputs - 1; o += 2) {
        odd = odd.max(DoubleVector.fromArray(S, z, first + (o << 3)));
        even = even.max(DoubleVector.fromArray(S, z, first + BLOCK + (o << 3)));
      }
      if (o < outputs) {
        odd = odd.max(DoubleVector.fromArray(S, z, first + (o << 3)));
      }
      odd.max(even).intoArray(max, lane);
    }
  }

  /**
   * z = e^(z − max) and its sums; z − max is never positive, so the upper clamp of exp is left out.
   */
  static void exp(int outputs, double[] z, int from, double[] max, double[] sum) {
    DoubleVector k2 = DoubleVector.broadcast(S, ExpTerms.C2);
    DoubleVector k3 = DoubleVector.broadcast(S, ExpTerms.C3);
    DoubleVector k4 = DoubleVector.broadcast(S, ExpTerms.C4);
    DoubleVector k5 = DoubleVector.broadcast(S, ExpTerms.C5);
    DoubleVector k6 = DoubleVector.broadcast(S, ExpTerms.C6);
    DoubleVector k7 = DoubleVector.broadcast(S, ExpTerms.C7);
    DoubleVector k8 = DoubleVector.broadcast(S, ExpTerms.C8);
    DoubleVector k9 = DoubleVector.broadcast(S, ExpTerms.C9);
    DoubleVector k10 = DoubleVector.broadcast(S, ExpTerms.C10);
    DoubleVector k11 = DoubleVector.broadcast(S, ExpTerms.C11);
    DoubleVector k12 = DoubleVector.broadcast(S, ExpTerms.C12);
    DoubleVector k13 = DoubleVector.broadcast(S, ExpTerms.C13);
    DoubleVector log2e = DoubleVector.broadcast(S, ExpTerms.LOG2_E);
    DoubleVector magic = DoubleVector.broadcast(S, ExpTerms.ROUNDING_MAGIC);
    DoubleVector ln2High = DoubleVector.broadcast(S, -ExpTerms.LN2_HIGH);
    DoubleVector ln2Low = DoubleVector.broadcast(S, -ExpTerms.LN2_LOW);
    DoubleVector low = DoubleVector.broadcast(S, -ScalarMath.EXP_LIMIT);
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = from + lane;
      DoubleVector m = DoubleVector.fromArray(S, max, lane);
      DoubleVector s = DoubleVector.zero(S);
      for (int o = 0; o < outputs; o++) {
        DoubleVector x = DoubleVector.fromArray(S, z, first + (o << 3)).sub(m);
        x = x.max(low);
        DoubleVector shifted = x.fma(log2e, magic);
        DoubleVector n = shifted.sub(magic);
        DoubleVector r = n.fma(ln2Low, n.fma(ln2High, x));
        DoubleVector q = r.fma(k13, k12);
        q = q.fma(r, k11);
        q = q.fma(r, k10);
        q = q.fma(r, k9);
        q = q.fma(r, k8);
        q = q.fma(r, k7);
        q = q.fma(r, k6);
        q = q.fma(r, k5);
        q = q.fma(r, k4);
        q = q.fma(r, k3);
        q = q.fma(r, k2);
        q = r.mul(r).fma(q, r);
        LongVector exponent = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        DoubleVector scale = exponent.add(ExpTerms.ONE_BITS).reinterpretAsDoubles();
        DoubleVector e = q.fma(scale, scale);
        e.intoArray(z, first + (o << 3));
        s = s.add(e);
      }
      s.intoArray(sum, lane);
    }
  }

  /** z = z / sum. */
  static void divide(int outputs, double[] z, int from, double[] sum) {
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = from + lane;
      DoubleVector s = DoubleVector.fromArray(S, sum, lane);
      for (int o = 0; o < outputs; o++) {
        DoubleVector.fromArray(S, z, first + (o << 3)).div(s).intoArray(z, first + (o << 3));
      }
    }
  }
}
