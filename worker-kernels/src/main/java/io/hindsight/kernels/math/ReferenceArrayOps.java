package io.hindsight.kernels.math;

/** Readings of whole arrays in plain Java: the specification of their bits. */
final class ReferenceArrayOps implements ArrayOps {
  @Override
  public double sumOfSquares(double[] x, double scale) {
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

  @Override
  public double largestMagnitude(double[] x) {
    double largest = 0;
    for (double element : x) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  @Override
  public int firstNonFinite(double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        return i;
      }
    }
    return -1;
  }
}
