package io.hindsight.kernels.distribution;

/**
 * Poisson's distribution of a count.
 *
 * @param mean m, at least 0
 */
public record Poisson(double mean) implements Distribution {
  @Override
  public double quantile(double level) {
    return CountSearch.quantile(level, mean, mean, count -> Incomplete.gammaAbove(count + 1, mean));
  }
}
