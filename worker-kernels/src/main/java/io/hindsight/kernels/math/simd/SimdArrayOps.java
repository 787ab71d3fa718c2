package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.ArrayOps;
import io.hindsight.kernels.math.Lanes;
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

  /** Elements that share one test for being finite. */
  private static final int RUN = 64;

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
    double result = largest.reduceLanes(VectorOperators.MAX);
    for (int i = whole; i < x.length; i++) {
      result = Math.max(result, Math.abs(x[i]));
    }
    return result;
  }

  /** 0·x is a zero for every finite x and NaN for the others, so a run's sum of them tells. */
  @Override
  public int firstNonFinite(double[] x) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int from = 0;
    for (; from <= x.length - RUN; from += RUN) {
      DoubleVector sum = zero;
      for (int i = from; i < from + RUN; i += LANES) {
        sum = DoubleVector.fromArray(SPECIES, x, i).fma(zero, sum);
      }
      if (sum.compare(VectorOperators.NE, 0).anyTrue()) {
        break;
      }
    }
    for (int i = from; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        return i;
      }
    }
    return -1;
  }
}
