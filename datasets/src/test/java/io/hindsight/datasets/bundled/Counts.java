package io.hindsight.datasets.bundled;

import io.hindsight.kernels.random.CounterRandom;

/** Random counts, the same on every machine. */
final class Counts {
  private static final double PIECE = 500; // a Poisson mean whose exp(−mean) is no 0

  private Counts() {}

  /**
   * A count of the given mean and the variance mean + mean² / size: Poisson, whose mean is one of a
   * gamma distribution of shape {@code size}.
   *
   * @param size a whole number, so the gamma variate is a sum of exponential ones
   */
  static int negativeBinomial(CounterRandom random, double mean, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum -= StrictMath.log(1 - random.nextDouble());
    }
    return poisson(random, mean * sum / size);
  }

  /** By the product of uniform numbers (Knuth), a piece of the mean at a time. */
  static int poisson(CounterRandom random, double mean) {
    int count = 0;
    for (double left = mean; left > 0; left -= PIECE) {
      double limit = StrictMath.exp(-Math.min(left, PIECE));
      for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
        count++;
      }
    }
    return count;
  }
}
