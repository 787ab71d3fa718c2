package io.hindsight.kernels.math.special;

/**
 * ln Γ and ψ around 2, where they are polynomials: ln Γ(2 + z) = (1 − γ)z + Σ (−1)^k (ζ(k) − 1) z^k
 * / k for k ≥ 2 (Abramowitz and Stegun 6.1.33), for |z| ≤ ½. The first terms are summed with what
 * rounding loses.
 */
final class GammaSeries {
  private static final double C1 = 0.42278433509846713; // 1 − γ
  private static final double C1_LOW = 4.942915152430645e-18;
  private static final double C2 = 0.3224670334241132; // (ζ(2) − 1) / 2
  private static final double C2_LOW = 1.520336175199238e-17;

  /** (−1)^k (ζ(k) − 1) / k for k from 3. */
  private static final double[] TAIL = {
    -0.0673523010531981,
    0.020580808427784546,
    -0.007385551028673986,
    0.0028905103307415234,
    -0.001192753911703261,
    0.0005096695247430425,
    -0.00022315475845357939,
    9.945751278180853e-05,
    -4.492623673813314e-05,
    2.050721277567069e-05,
    -9.439488275268397e-06,
    4.374866789907488e-06,
    -2.039215753801366e-06,
    9.55141213040742e-07,
    -4.492469198764566e-07,
    2.1207184805554665e-07,
    -1.0043224823968099e-07,
    4.7698101693639804e-08,
    -2.2711094608943164e-08,
    1.0838659214896955e-08,
    -5.183475041970047e-09,
    2.4836745438024785e-09,
    -1.1921401405860912e-09,
    5.731367241678862e-10,
    -2.7595228851242334e-10,
    1.330476437424449e-10,
    -6.4229645638381e-11
  };

  private GammaSeries() {}

  /** ln Γ(2 + z) − log(x), or + log(x): for the step to a neighbour. */
  static double logGamma(double z, double sign, double logHigh, double logLow) {
    double q = TAIL[TAIL.length - 1];
    for (int k = TAIL.length - 2; k >= 0; k--) {
      q = Math.fma(q, z, TAIL[k]);
    }
    double inner = q * z;
    double second = C2 + inner;
    double secondLow = (inner - (second - C2)) + C2_LOW;
    double middle = second * z;
    double middleLow = Math.fma(second, z, -middle) + secondLow * z;
    double first = C1 + middle;
    double firstLow = (middle - (first - C1)) + (middleLow + C1_LOW);
    double value = first * z;
    double valueLow = Math.fma(first, z, -value) + firstLow * z;
    double log = sign * logHigh;
    double sum = value + log;
    double lost = Math.abs(log) > Math.abs(value) ? (log - sum) + value : (value - sum) + log;
    return sum + (lost + (valueLow + sign * logLow));
  }

  /** ψ(2 + z) + more, where {@code lost} is what rounding took from {@code more}. */
  static double digamma(double z, double more, double lost) {
    double q = TAIL[TAIL.length - 1] * (TAIL.length + 2);
    for (int k = TAIL.length - 2; k >= 0; k--) {
      q = Math.fma(q, z, TAIL[k] * (k + 3));
    }
    double inner = q * z;
    double second = 2 * C2 + inner;
    double secondLow = (inner - (second - 2 * C2)) + 2 * C2_LOW;
    double middle = second * z;
    double middleLow = Math.fma(second, z, -middle) + secondLow * z;
    double first = C1 + middle;
    double firstLow = (middle - (first - C1)) + (middleLow + C1_LOW);
    double sum = first + more;
    double ofSum = Math.abs(more) > Math.abs(first) ? (more - sum) + first : (first - sum) + more;
    return sum + (ofSum + (firstLow + lost));
  }
}
