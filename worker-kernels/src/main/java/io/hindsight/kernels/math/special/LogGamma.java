package io.hindsight.kernels.math.special;

/**
 * ln Γ(x) for x > 0, within 2 ulp: by a polynomial around 2, from which recurrence leads down to 0
 * and up to 10, and beyond by Stirling's formula.
 */
public final class LogGamma {
  /** ½ ln 2π − ½. */
  private static final double HALF_LOG_TWO_PI_LESS_HALF = 0.4189385332046727;

  /** From here on ln Γ is no double. */
  private static final double OVERFLOW = 2.55634e305;

  private LogGamma() {}

  /** ln Γ(x); ∞ at 0, NaN below. */
  public static double of(double x) {
    if (!(x > 0)) {
      return x == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    if (x < 0.5) {
      return below(x);
    }
    if (x < 1.5) { // Γ(x) = Γ(x + 1) / x
      return GammaSeries.logGamma(x - 1.0, -1, LogParts.high(x), LogParts.low(x));
    }
    if (x <= 2.5) {
      return GammaSeries.logGamma(x - 2.0, 1, 0, 0);
    }
    return x < Stirling.FROM ? above(x) : large(x);
  }

  /** Γ(x) = Γ(x + 1) / x, where Γ(x + 1) = Γ(x + 2) / (x + 1). */
  private static double below(double x) {
    double scaled = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
    double more = x < Double.MIN_NORMAL ? LogParts.high(0x1p54) : 0;
    double next = GammaSeries.logGamma(x, -1, LogOfSum.log1p(x), 0);
    return -(LogParts.high(scaled) - more) + (next - LogParts.low(scaled));
  }

  /** Γ(x) = (x − 1)…(x − n) Γ(x − n). */
  private static double above(double x) {
    double product = 1;
    double down = x;
    while (down > 2.5) {
      down -= 1.0;
      product *= down;
    }
    return GammaSeries.logGamma(down - 2.0, 1, LogParts.high(product), LogParts.low(product));
  }

  /** (x − ½)(ln x − 1) + ½ ln 2π − ½ and Stirling's series. */
  private static double large(double x) {
    if (x > OVERFLOW) {
      return Double.POSITIVE_INFINITY;
    }
    double high = LogParts.high(x);
    double log = high - 1.0;
    double logLow = (high - log) - 1.0 + LogParts.low(x);
    double factor = x - 0.5;
    double product = factor * log;
    double lost = Math.fma(factor, log, -product) + factor * logLow;
    return product + (lost + (HALF_LOG_TWO_PI_LESS_HALF + Stirling.logGammaTail(x)));
  }
}
