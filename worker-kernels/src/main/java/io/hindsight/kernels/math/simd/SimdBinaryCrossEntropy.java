package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.ExpTerms;
import io.hindsight.kernels.math.LogTerms;
import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Σ softplus(z) − τz over a lane block {@code (O, 8)}: {@link ScalarMath}'s operations, in its
 * order, on vectors of neighbouring lanes.
 */
final class SimdBinaryCrossEntropy {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Species.LANES;
  private static final int BLOCK = Lanes.LANES;

  /**
   * Added to a small whole number, they make the double that is larger by it than the magic one.
   */
  private static final long MAGIC_BITS = Double.doubleToRawLongBits(ExpTerms.ROUNDING_MAGIC);

  private SimdBinaryCrossEntropy() {}

  /**
   * The sums of each lane. softplus takes the logarithm of 1 + e^−|z| in [1, 2] only, whose
   * exponent is 0 or 1.
   */
  static void sum(int outputs, double[] z, int from, double[] targets, double[] sum) {
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
    DoubleVector a3 = DoubleVector.broadcast(S, LogTerms.A3);
    DoubleVector a5 = DoubleVector.broadcast(S, LogTerms.A5);
    DoubleVector a7 = DoubleVector.broadcast(S, LogTerms.A7);
    DoubleVector a9 = DoubleVector.broadcast(S, LogTerms.A9);
    DoubleVector a11 = DoubleVector.broadcast(S, LogTerms.A11);
    DoubleVector a13 = DoubleVector.broadcast(S, LogTerms.A13);
    DoubleVector a15 = DoubleVector.broadcast(S, LogTerms.A15);
    DoubleVector a17 = DoubleVector.broadcast(S, LogTerms.A17);
    DoubleVector a19 = DoubleVector.broadcast(S, LogTerms.A19);
    DoubleVector a21 = DoubleVector.broadcast(S, LogTerms.A21);
    DoubleVector ln2 = DoubleVector.broadcast(S, ExpTerms.LN2_HIGH);
    DoubleVector ln2Rest = DoubleVector.broadcast(S, ExpTerms.LN2_LOW);
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector two = DoubleVector.broadcast(S, 2.0);
    DoubleVector half = DoubleVector.broadcast(S, 0.5);
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = from + lane;
      DoubleVector total = zero;
      for (int o = 0; o < outputs; o++) {
        DoubleVector logit = DoubleVector.fromArray(S, z, first + (o << 3));
        DoubleVector x = logit.abs().neg();
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
        DoubleVector u = q.fma(scale, scale);
        DoubleVector v = u.add(one);
        LongVector bits = v.reinterpretAsLongs();
        LongVector exp = bits.sub(LogTerms.SQRT_HALF_BITS).lanewise(VectorOperators.LSHR, 52);
        DoubleVector k = exp.add(MAGIC_BITS).reinterpretAsDoubles().sub(magic);
        LongVector fraction = bits.sub(exp.lanewise(VectorOperators.LSHL, 52));
        DoubleVector f = fraction.reinterpretAsDoubles().sub(one);
        DoubleVector s = f.div(f.add(two));
        DoubleVector s2 = s.mul(s);
        DoubleVector a = s2.fma(a21, a19);
        a = a.fma(s2, a17);
        a = a.fma(s2, a15);
        a = a.fma(s2, a13);
        a = a.fma(s2, a11);
        a = a.fma(s2, a9);
        a = a.fma(s2, a7);
        a = a.fma(s2, a5);
        a = a.fma(s2, a3);
        DoubleVector halfSquare = f.mul(f).mul(half);
        DoubleVector tail = s.fma(a.fma(s2, halfSquare), halfSquare.neg());
        tail = k.fma(ln2Rest, tail);
        DoubleVector log = k.fma(ln2, f.add(tail));
        log = log.add(u.sub(v.sub(one)).div(v));
        DoubleVector ramp = logit.max(zero);
        DoubleVector target = DoubleVector.fromArray(S, targets, lane + (o << 3));
        total = total.add(target.neg().fma(logit, ramp.add(log)));
      }
      total.intoArray(sum, lane);
    }
  }
}
