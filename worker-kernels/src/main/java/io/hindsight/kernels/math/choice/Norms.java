package io.hindsight.kernels.math.choice;

import io.hindsight.kernels.math.ArrayOps;

/**
 * The Euclidean norm of an array, with a fixed order of addition and no overflow or underflow on
 * the way.
 *
 * <p>Only where the sum of squares ({@link ArrayOps#sumOfSquares}) leaves the comfortable range are
 * the elements first multiplied by a power of two, which is exact; an ordinary gradient is summed
 * unscaled.
 */
public final class Norms {
  /** Below this sum of squares, elements may have been lost to underflow. */
  private static final double SMALLEST_SUM = 0x1p-700;

  /** Above this sum of squares, the sum is about to overflow. */
  private static final double LARGEST_SUM = 0x1p1000;

  private Norms() {}

  /**
   * √Σ x².
   *
   * @param x any length; 0 for none
   * @return NaN if an element is NaN; ∞ if one is infinite (and none NaN), or if the norm exceeds
   *     the largest double
   */
  public static double euclidean(double[] x) {
    ArrayOps ops = OpsProvider.get().arrays();
    double sum = ops.sumOfSquares(x, 1.0);
    if (sum >= SMALLEST_SUM && sum <= LARGEST_SUM) {
      return Math.sqrt(sum);
    }
    double largest = ops.largestMagnitude(x);
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    int exponent = Math.getExponent(largest);
    return Math.scalb(Math.sqrt(ops.sumOfSquares(x, Math.scalb(1.0, -exponent))), exponent);
  }

  /** max |x|; 0 for an empty array, NaN if an element is NaN. */
  public static double largestMagnitude(double[] x) {
    return OpsProvider.get().arrays().largestMagnitude(x);
  }
}
