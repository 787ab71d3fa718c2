package io.hindsight.kernels.math.special;

/**
 * What Stirling's formulas of ln Γ and ψ leave, by Bernoulli's numbers B (Abramowitz and Stegun
 * 6.1.41, 6.3.18), for x ≥ {@link #FROM}.
 */
final class Stirling {
  /** From here on the terms that are left out are below rounding. */
  static final double FROM = 10;

  private Stirling() {}

  /** ln Γ(x) − (x − ½) ln x + x − ½ ln 2π: Σ B₂ₖ / (2k(2k − 1) x^(2k−1)). */
  static double logGammaTail(double x) {
    double z = 1.0 / (x * x);
    double q = Math.fma(z, -3617 / 122400.0, 1 / 156.0);
    q = Math.fma(q, z, -691 / 360360.0);
    q = Math.fma(q, z, 1 / 1188.0);
    q = Math.fma(q, z, -1 / 1680.0);
    q = Math.fma(q, z, 1 / 1260.0);
    q = Math.fma(q, z, -1 / 360.0);
    return Math.fma(q, z, 1 / 12.0) / x;
  }

  /** x²·(ln x − 1/(2x) − ψ(x)): Σ B₂ₖ / (2k x^(2k−2)). */
  static double digammaTail(double x) {
    double z = 1.0 / (x * x);
    double q = Math.fma(z, -3617 / 8160.0, 1 / 12.0);
    q = Math.fma(q, z, -691 / 32760.0);
    q = Math.fma(q, z, 1 / 132.0);
    q = Math.fma(q, z, -1 / 240.0);
    q = Math.fma(q, z, 1 / 252.0);
    q = Math.fma(q, z, -1 / 120.0);
    return Math.fma(q, z, 1 / 12.0);
  }
}
