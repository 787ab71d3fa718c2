package io.hindsight.kernels.math;

/**
 * exp, tanh, σ and log as fixed sequences of IEEE operations.
 *
 * <p>The JDK's functions may change value between releases; these never do, and a vector version
 * that performs the same operations gives the same bits. exp splits x = n·ln 2 + r with the
 * magic-number rounding and a two-constant ln 2 (Cody and Waite) and sums the Taylor series of e^r
 * − 1 for |r| ≤ ln 2 / 2 to degree 13.
 */
public final class ScalarMath {
  /** exp is clamped to this range, where it neither overflows nor underflows: e^±708. */
  public static final double EXP_LIMIT = 708;

  /** tanh is 1 to the last bit beyond this. */
  public static final double TANH_LIMIT = 20;

  static final double LOG2_E = 0x1.71547652b82fep0;
  static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  /** Adding and subtracting 1.5·2^52 rounds to the nearest integer, left in the low bits. */
  static final double ROUNDING_MAGIC = 0x1.8p52;

  static final double ONE_BITS_AS_LONG = 1.0;

  private ScalarMath() {}

  /** e^x for |x| ≤ 708, clamped beyond; within 1 ulp. NaN stays NaN. */
  public static double exp(double x) {
    double clamped = x > EXP_LIMIT ? EXP_LIMIT : x < -EXP_LIMIT ? -EXP_LIMIT : x;
    double shifted = Math.fma(clamped, LOG2_E, ROUNDING_MAGIC);
    double r = remainder(clamped, shifted - ROUNDING_MAGIC);
    long exponent = Double.doubleToRawLongBits(shifted) << 52;
    return Double.longBitsToDouble(Double.doubleToRawLongBits(expm1Series(r) + 1.0) + exponent);
  }

  /** 1 / (1 + e^−x); within 2 ulp. */
  public static double sigmoid(double x) {
    return 1.0 / (exp(-x) + 1.0);
  }

  /** tanh x = m / (m + 2) with m = e^2|x| − 1, signed as x; within 3 ulp. */
  public static double tanh(double x) {
    double magnitude = Math.abs(x);
    double twice = (magnitude > TANH_LIMIT ? TANH_LIMIT : magnitude) * 2.0;
    double shifted = Math.fma(twice, LOG2_E, ROUNDING_MAGIC);
    double r = remainder(twice, shifted - ROUNDING_MAGIC);
    double scale =
        Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + 0x3ff0000000000000L);
    double expm1 = Math.fma(expm1Series(r), scale, scale - 1.0);
    return Math.copySign(expm1 / (expm1 + 2.0), x);
  }

  private static double remainder(double x, double n) {
    return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
  }

  /** e^r − 1 = r + r²·q(r) for |r| ≤ ln 2 / 2. */
  private static double expm1Series(double r) {
    double q = Math.fma(r, C13, C12);
    q = Math.fma(q, r, C11);
    q = Math.fma(q, r, C10);
    q = Math.fma(q, r, C9);
    q = Math.fma(q, r, C8);
    q = Math.fma(q, r, C7);
    q = Math.fma(q, r, C6);
    q = Math.fma(q, r, C5);
    q = Math.fma(q, r, C4);
    q = Math.fma(q, r, C3);
    q = Math.fma(q, r, C2);
    return Math.fma(r * r, q, r);
  }

  static final double C2 = 1 / 2.0;
  static final double C3 = 1 / 6.0;
  static final double C4 = 1 / 24.0;
  static final double C5 = 1 / 120.0;
  static final double C6 = 1 / 720.0;
  static final double C7 = 1 / 5040.0;
  static final double C8 = 1 / 40320.0;
  static final double C9 = 1 / 362880.0;
  static final double C10 = 1 / 3628800.0;
  static final double C11 = 1 / 39916800.0;
  static final double C12 = 1 / 479001600.0;
  static final double C13 = 1 / 6227020800.0;
}
