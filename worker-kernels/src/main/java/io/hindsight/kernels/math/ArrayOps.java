package io.hindsight.kernels.math;

/**
 * What is read out of a whole array of any length: the passes a compiler does not turn into vector
 * code by itself, because they end in one number.
 *
 * <p>Passes that write an array element by element (sums of gradients, optimizers) need no second
 * implementation: the compiler does as well from the plain loop. Every implementation gives the
 * same bits, except which NaN a NaN is.
 */
public interface ArrayOps {
  /**
   * Σ (x·scale)²: element i goes into lane i mod 8 by FMA, i ascending, and the lanes are added as
   * ((0+1)+(2+3))+((4+5)+(6+7)).
   *
   * @param scale multiplied in, and rounded, before squaring
   */
  double sumOfSquares(double[] x, double scale);

  /** max |x|; 0 for an empty array, NaN if an element is NaN. */
  double largestMagnitude(double[] x);

  /** Index of the first element that is NaN or infinite; −1 if there is none. */
  int firstNonFinite(double[] x);
}
