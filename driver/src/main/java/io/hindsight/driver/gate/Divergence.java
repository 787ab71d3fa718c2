package io.hindsight.driver.gate;

import java.util.Arrays;

/** How far two distributions are apart. */
final class Divergence {
  private static final double LN_2 = 0.6931471805599453;
  private static final double SURE = 3.0902323061678132; // 99.9 % quantile of the normal

  private Divergence() {}

  /**
   * The Jensen–Shannon divergence (Lin, "Divergence measures based on the Shannon entropy", 1991)
   * in bits: 0 of equal distributions, 1 of those that share no bin.
   *
   * @param left counts by bin, not all 0 // (B)
   * @param right counts by bin, not all 0 // (B)
   */
  static double jensenShannon(long[] left, long[] right) {
    double n = Arrays.stream(left).sum();
    double m = Arrays.stream(right).sum();
    double sum = 0;
    for (int bin = 0; bin < left.length; bin++) {
      double p = left[bin] / n;
      double q = right[bin] / m;
      sum += term(p, (p + q) / 2) + term(q, (p + q) / 2);
    }
    return Math.max(0, sum / (2 * LN_2));
  }

  private static double term(double p, double mean) {
    return p == 0 ? 0 : p * StrictMath.log(p / mean);
  }

  /**
   * What the divergence of two samples of one distribution stays below in 999 of 1000 cases, if
   * their values are independent. With X² of Pearson's test of homogeneity it is about
   *
   * <pre>
   *   X² · (n + m) / (n · m) / (8 ln 2)        X² ~ χ² with one degree less than bins
   * </pre>
   *
   * and the quantile of χ² is that of Wilson and Hilferty (1931).
   */
  static double noise(long[] left, long[] right) {
    return noise(left, right, Arrays.stream(left).sum(), Arrays.stream(right).sum());
  }

  /** The same of values of which only so many are independent. */
  static double noise(long[] left, long[] right, double n, double m) {
    int bins = 0;
    for (int bin = 0; bin < left.length; bin++) {
      bins += left[bin] + right[bin] > 0 ? 1 : 0;
    }
    if (bins < 2) {
      return 0;
    }
    double spread = 2.0 / (9 * (bins - 1));
    double root = 1 - spread + SURE * Math.sqrt(spread);
    return (bins - 1) * root * root * root * (1 / n + 1 / m) / (8 * LN_2);
  }

  /** The same of a share of two samples of these sizes. */
  static double noiseOfShare(double share, double n, double m) {
    return SURE * Math.sqrt(share * (1 - share) * (1 / n + 1 / m));
  }
}
