package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.ExpTerms;
import io.hindsight.kernels.math.ScalarMath;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * σ and tanh over arrays: {@link ScalarMath}'s operations, in its order, on vectors.
 *
 * <p>The passes repeat each other on purpose. A helper that takes or returns vectors is at the
 * mercy of the compiler's inlining limits, and where it is not inlined every vector is allocated.
 */
final class SimdActivations {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Species.LANES;

  /**
   * Masks clamp fastest, but the compiler of JDK 17 and 25 allocates masks of two lanes. Either way
   * NaN stays NaN.
   */
  private static final boolean MASKS = LANES > 2;

  private SimdActivations() {}

  /** z = σ(z), for {@code count} elements. */
  static void sigmoid(int count, double[] z, int from) {
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
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(S, z, from + i).neg();
      if (MASKS) {
        x = x.blend(ScalarMath.EXP_LIMIT, x.compare(VectorOperators.GT, ScalarMath.EXP_LIMIT));
        x = x.blend(-ScalarMath.EXP_LIMIT, x.compare(VectorOperators.LT, -ScalarMath.EXP_LIMIT));
      } else {
        x = x.min(ScalarMath.EXP_LIMIT).max(-ScalarMath.EXP_LIMIT);
      }
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
      one.div(q.fma(scale, scale).add(one)).intoArray(z, from + i);
    }
    for (; i < count; i++) {
      z[from + i] = ScalarMath.sigmoid(z[from + i]);
    }
  }

  /** y = tanh(z), for {@code count} elements; the arrays may be the same. */
  static void tanh(int count, double[] z, int zFrom, double[] y, int yFrom) {
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
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector two = DoubleVector.broadcast(S, 2.0);
    DoubleVector limit = DoubleVector.broadcast(S, ScalarMath.TANH_LIMIT);
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(S, z, zFrom + i);
      DoubleVector twice = x.abs();
      if (MASKS) {
        twice = twice.blend(limit, twice.compare(VectorOperators.GT, limit)).mul(two);
      } else {
        twice = twice.min(limit).mul(two);
      }
      DoubleVector shifted = twice.fma(log2e, magic);
      DoubleVector n = shifted.sub(magic);
      DoubleVector r = n.fma(ln2Low, n.fma(ln2High, twice));
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
      DoubleVector expm1 = q.fma(scale, scale.sub(one));
      LongVector sign = x.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE);
      LongVector bits = expm1.div(expm1.add(two)).reinterpretAsLongs();
      bits.lanewise(VectorOperators.OR, sign).reinterpretAsDoubles().intoArray(y, yFrom + i);
    }
    for (; i < count; i++) {
      y[yFrom + i] = ScalarMath.tanh(z[zFrom + i]);
    }
  }
}
