package io.hindsight.kernels.distribution;

import io.hindsight.kernels.math.special.LogGamma;

/**
 * The regularised incomplete functions gamma and beta, by series and continued fractions
 * (Abramowitz and Stegun, <i>Handbook of Mathematical Functions</i>, 6.5.29, 6.5.31, 26.5.8;
 * evaluated by Lentz's method). Their relative error is about 1e-16 times the size of the
 * logarithms of gamma that they are made of.
 */
final class Incomplete {
  private static final double TINY = 1e-300; // in place of 0 in a denominator
  private static final double ENOUGH = 1e-16; // relative change at which a fraction ends
  private static final int MOST_TERMS = 1 << 20;

  private Incomplete() {}

  /**
   * Q(a, x): the share of a gamma distribution of shape a that is above x.
   *
   * @param a above 0
   * @param x above 0
   */
  static double gammaAbove(double a, double x) {
    double scale = StrictMath.exp(a * StrictMath.log(x) - x - LogGamma.of(a));
    return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
  }

  /** Σ xⁿ / (a (a+1) … (a+n)). */
  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < MOST_TERMS && term > sum * ENOUGH; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  /** 1 / (x + 1 − a − 1(1 − a) / (x + 3 − a − 2(2 − a) / (…))). */
  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double value = d;
    for (int n = 1; n < MOST_TERMS; n++) {
      double numerator = -n * (n - a);
      b += 2;
      d = 1 / away(numerator * d + b);
      c = away(b + numerator / c);
      double factor = d * c;
      value *= factor;
      if (Math.abs(factor - 1) < ENOUGH) {
        break;
      }
    }
    return value;
  }

  /**
   * I_x(a, b): the share of a beta distribution that is below x.
   *
   * @param a above 0
   * @param b above 0
   * @param x in [0, 1]
   * @param rest 1 − x, which may be known to more digits than x tells
   */
  static double beta(double a, double b, double x, double rest) {
    if (x <= 0 || rest <= 0) {
      return x <= 0 ? 0 : 1;
    }
    double logarithm =
        LogGamma.of(a + b)
            - LogGamma.of(a)
            - LogGamma.of(b)
            + a * StrictMath.log(x)
            + b * StrictMath.log(rest);
    double scale = StrictMath.exp(logarithm);
    return x < (a + 1) / (a + b + 2)
        ? scale * fraction(a, b, x) / a
        : 1 - scale * fraction(b, a, rest) / b;
  }

  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int n = 1; n < MOST_TERMS; n++) {
      double even = n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= d * c;
      double odd = -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double factor = d * c;
      value *= factor;
      if (Math.abs(factor - 1) < ENOUGH) {
        break;
      }
    }
    return value;
  }

  private static double away(double denominator) {
    return Math.abs(denominator) < TINY ? TINY : denominator;
  }
}
