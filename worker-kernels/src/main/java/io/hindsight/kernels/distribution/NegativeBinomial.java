package io.hindsight.kernels.distribution;

/**
 * The negative binomial distribution of a count.
 *
 * @param mean m, at least 0
 * @param dispersion α, at least 0: the variance is m + αm²
 */
public record NegativeBinomial(double mean, double dispersion) implements Distribution {
  /** αm below which no double tells the distribution from Poisson's. */
  private static final double NEARLY_POISSON = 1e-12;

  @Override
  public double quantile(double level) {
    double excess = dispersion * mean;
    if (excess < NEARLY_POISSON) {
      return new Poisson(mean).quantile(level);
    }
    double size = 1 / dispersion;
    double success = 1 / (1 + excess);
    double failure = excess / (1 + excess);
    double variance = mean * (1 + excess);
    return CountSearch.quantile(
        level, mean, variance, count -> Incomplete.beta(size, count + 1, success, failure));
  }
}
