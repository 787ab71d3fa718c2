package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.ArrayOps;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Readings of whole arrays, a vector at a time; the elements past the last whole block one by one.
 */
final class SimdArrayOps implements ArrayOps {
  private static final VectorSpecies<Double> SPECIES = Species.PREFERRED;
  private static final int LANES = Species.LANES;

  /** Lanes of a sum of squares: one, two or four vectors. */
  private static final int SUMS = 8;

  /** Four vectors, so that no multiply-add waits for the one before it. */
  private static final int STRIDE = 4 * LANES;

  /** The conditions on {@link #LANES} are constants, so a loop has only the sums of its width. */
  @Override
  public double sumOfSquares(double[] x, double scale) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int whole = x.length & -SUMS;
    for (int i = 0; i < whole; i += SUMS) {
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, i).mul(scale);
      s0 = x0.fma(x0, s0);
      if (LANES < 8) {
        DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, i + LANES).mul(scale);
        s1 = x1.fma(x1, s1);
      }
      if (LANES < 4) {
        DoubleVector x2 = DoubleVector.fromArray(SPECIES, x, i + 2 * LANES).mul(scale);
        DoubleVector x3 = DoubleVector.fromArray(SPECIES, x, i + 3 * LANES).mul(scale);
        s2 = x2.fma(x2, s2);
        s3 = x3.fma(x3, s3);
      }
    }
    double[] sums = new double[SUMS];
    s0.intoArray(sums, 0);
    if (LANES < 8) {
      s1.intoArray(sums, LANES);
    }
    if (LANES < 4) {
      s2.intoArray(sums, 2 * LANES);
      s3.intoArray(sums, 3 * LANES);
    }
    for (int i = whole; i < x.length; i++) {
      double element = x[i] * scale;
      sums[i - whole] = Math.fma(element, element, sums[i - whole]);
    }
    return Lanes.sum(sums, 0);
  }

  /** The largest of all is the same in whatever order it is sought. */
  @Override
  public double largestMagnitude(double[] x) {
    DoubleVector largest = DoubleVector.zero(SPECIES);
    int whole = SPECIES.loopBound(x.length);
    for (int i = 0; i < whole; i += LANES) {
      largest = largest.max(DoubleVector.fromArray(SPECIES, x, i).abs());
    }
    double result = 0;
    for (double lane : largest.toArray()) {
      result = Math.max(result, lane);
    }
    for (int i = whole; i < x.length; i++) {
      result = Math.max(result, Math.abs(x[i]));
    }
    return result;
  }

  /** The common answer is found without a branch, the place of a fault by looking once more. */
  @Override
  public int firstNonFinite(double[] x) {
    int whole = x.length & -STRIDE;
    for (int i = isFinite(x, whole) ? whole : 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        return i;
      }
    }
    return -1;
  }

  /** 0·x is a zero for every finite x and NaN for the others, so the sum of them tells. */
  private static boolean isFinite(double[] x, int whole) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector s0 = zero;
    DoubleVector s1 = zero;
    DoubleVector s2 = zero;
    DoubleVector s3 = zero;
    for (int i = 0; i < whole; i += STRIDE) {
      s0 = DoubleVector.fromArray(SPECIES, x, i).fma(zero, s0);
      s1 = DoubleVector.fromArray(SPECIES, x, i + LANES).fma(zero, s1);
      s2 = DoubleVector.fromArray(SPECIES, x, i + 2 * LANES).fma(zero, s2);
      s3 = DoubleVector.fromArray(SPECIES, x, i + 3 * LANES).fma(zero, s3);
    }
    return !s0.add(s1).add(s2.add(s3)).compare(VectorOperators.NE, 0).anyTrue();
  }
}
