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

  private static final double TWO_TO_54 = 0x1p54;

  private ScalarMath() {}

  /** e^x for |x| ≤ 708, clamped beyond; within 1 ulp. NaN stays NaN. */
  public static double exp(double x) {
    double clamped = x > EXP_LIMIT ? EXP_LIMIT : x < -EXP_LIMIT ? -EXP_LIMIT : x;
    double shifted = Math.fma(clamped, ExpTerms.LOG2_E, ExpTerms.ROUNDING_MAGIC);
    double r = remainder(clamped, shifted - ExpTerms.ROUNDING_MAGIC);
    double scale = powerOfTwo(shifted);
    return Math.fma(expm1Series(r), scale, scale);
  }

  /** 1 / (1 + e^−x); within 2 ulp. */
  public static double sigmoid(double x) {
    return 1.0 / (exp(-x) + 1.0);
  }

  /** tanh x = m / (m + 2) with m = e^2|x| − 1, signed as x; within 3 ulp. */
  public static double tanh(double x) {
    double magnitude = Math.abs(x);
    double twice = (magnitude > TANH_LIMIT ? TANH_LIMIT : magnitude) * 2.0;
    double shifted = Math.fma(twice, ExpTerms.LOG2_E, ExpTerms.ROUNDING_MAGIC);
    double r = remainder(twice, shifted - ExpTerms.ROUNDING_MAGIC);
    double scale = powerOfTwo(shifted);
    double expm1 = Math.fma(expm1Series(r), scale, scale - 1.0);
    return Math.copySign(expm1 / (expm1 + 2.0), x);
  }

  /**
   * The natural logarithm, within 1 ulp, subnormal numbers included: log ±0 = −∞, log ∞ = ∞, NaN
   * for negative numbers.
   *
   * <p>x = 2^k·(1 + f) with 1 + f in [√½, √2); log(1 + f) = 2 artanh(s) with s = f / (2 + f), whose
   * Taylor series is summed to s^21. f² / 2 is split off so that the rounding of s hardly counts.
   */
  public static double log(double x) {
    if (!(x > 0)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    boolean subnormal = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(subnormal ? x * TWO_TO_54 : x);
    long k = (bits - LogTerms.SQRT_HALF_BITS) >> 52;
    double f = Double.longBitsToDouble(bits - (k << 52)) - 1.0;
    double exponent = subnormal ? k - 54 : k;
    double tail = Math.fma(exponent, ExpTerms.LN2_LOW, log1pTail(f));
    return Math.fma(exponent, ExpTerms.LN2_HIGH, f + tail);
  }

  /**
   * log(1 + e^x) without overflow or cancellation, within 2 ulp: the cross-entropy of a logit x
   * against the answer 0. For x below −708 it stays at e^−708, as {@link #exp} does.
   */
  public static double softplus(double x) {
    return (x > 0 ? x : x <= 0 ? 0.0 : x) + log1p(exp(-Math.abs(x)));
  }

  /**
   * log(1 + u) for u in [0, 1]: the logarithm of the rounded sum, corrected by what rounding lost.
   */
  private static double log1p(double u) {
    double sum = 1.0 + u;
    return log(sum) + (u - (sum - 1.0)) / sum;
  }

  /** log(1 + f) − f for 1 + f in [√½, √2): −f²/2 + s·(f²/2 + 2·(s²/3 + s⁴/5 + …)). */
  private static double log1pTail(double f) {
    double s = f / (f + 2.0);
    double s2 = s * s;
    double q = Math.fma(s2, LogTerms.A21, LogTerms.A19);
    q = Math.fma(q, s2, LogTerms.A17);
    q = Math.fma(q, s2, LogTerms.A15);
    q = Math.fma(q, s2, LogTerms.A13);
    q = Math.fma(q, s2, LogTerms.A11);
    q = Math.fma(q, s2, LogTerms.A9);
    q = Math.fma(q, s2, LogTerms.A7);
    q = Math.fma(q, s2, LogTerms.A5);
    q = Math.fma(q, s2, LogTerms.A3);
    double halfSquare = f * f * 0.5;
    return Math.fma(s, Math.fma(q, s2, halfSquare), -halfSquare);
  }

  /** 2^n, for n in the low bits of {@code shifted} and |n| ≤ 1022. */
  private static double powerOfTwo(double shifted) {
    return Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + ExpTerms.ONE_BITS);
  }

  private static double remainder(double x, double n) {
    return Math.fma(n, -ExpTerms.LN2_LOW, Math.fma(n, -ExpTerms.LN2_HIGH, x));
  }

  /** e^r − 1 = r + r²·q(r) for |r| ≤ ln 2 / 2. */
  private static double expm1Series(double r) {
    double q = Math.fma(r, ExpTerms.C13, ExpTerms.C12);
    q = Math.fma(q, r, ExpTerms.C11);
    q = Math.fma(q, r, ExpTerms.C10);
    q = Math.fma(q, r, ExpTerms.C9);
    q = Math.fma(q, r, ExpTerms.C8);
    q = Math.fma(q, r, ExpTerms.C7);
    q = Math.fma(q, r, ExpTerms.C6);
    q = Math.fma(q, r, ExpTerms.C5);
    q = Math.fma(q, r, ExpTerms.C4);
    q = Math.fma(q, r, ExpTerms.C3);
    q = Math.fma(q, r, ExpTerms.C2);
    return Math.fma(r * r, q, r);
  }
}
