package io.hindsight.driver.bench;

/**
 * A piece of work and the time it took.
 *
 * @param seconds median
 * @param flops useful floating-point operations
 */
public record Rate(double seconds, double flops) {
  private static final double GIGA = 1e9;

  /** Time in ms. */
  public double millis() {
    return seconds * 1e3;
  }

  /** Speed in GFLOP/s. */
  public double gflops() {
    return flops / seconds / GIGA;
  }

  /** Speed in percent of a peak in GFLOP/s. */
  public double percentOf(double peakGflops) {
    return 100 * gflops() / peakGflops;
  }
}
