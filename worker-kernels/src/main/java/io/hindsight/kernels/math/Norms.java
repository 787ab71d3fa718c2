package io.hindsight.kernels.math;

/**
 * The Euclidean norm of an array, with a fixed order of addition and no overflow or underflow on
 * the way.
 *
 * <p>Element i is squared into lane i mod 8 by FMA, i ascending, and the lanes are added as
 * ((0+1)+(2+3))+((4+5)+(6+7)). Only where the sum of squares leaves the comfortable range are the
 * elements first multiplied by a power of two, which is exact; an ordinary gradient is summed
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
    double sum = sumOfSquares(x, 1.0);
    if (sum >= SMALLEST_SUM && sum <= LARGEST_SUM) {
      return Math.sqrt(sum);
    }
    double largest = largestMagnitude(x);
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    int exponent = Math.getExponent(largest);
    return Math.scalb(Math.sqrt(sumOfSquares(x, Math.scalb(1.0, -exponent))), exponent);
  }

  /** max |x|; 0 for an empty array, NaN if an element is NaN. */
  public static double largestMagnitude(double[] x) {
    double largest = 0;
    for (double element : x) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  private static double sumOfSquares(double[] x, double scale) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int whole = x.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      s0 = addSquare(s0, x[i] * scale);
      s1 = addSquare(s1, x[i + 1] * scale);
      s2 = addSquare(s2, x[i + 2] * scale);
      s3 = addSquare(s3, x[i + 3] * scale);
      s4 = addSquare(s4, x[i + 4] * scale);
      s5 = addSquare(s5, x[i + 5] * scale);
      s6 = addSquare(s6, x[i + 6] * scale);
      s7 = addSquare(s7, x[i + 7] * scale);
    }
    // Lanes past the end add a zero, which changes no sum.
    s0 = addSquare(s0, tail(x, whole) * scale);
    s1 = addSquare(s1, tail(x, whole + 1) * scale);
    s2 = addSquare(s2, tail(x, whole + 2) * scale);
    s3 = addSquare(s3, tail(x, whole + 3) * scale);
    s4 = addSquare(s4, tail(x, whole + 4) * scale);
    s5 = addSquare(s5, tail(x, whole + 5) * scale);
    s6 = addSquare(s6, tail(x, whole + 6) * scale);
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private static double addSquare(double sum, double element) {
    return Math.fma(element, element, sum);
  }

  private static double tail(double[] x, int i) {
    return i < x.length ? x[i] : 0;
  }
}
