package io.hindsight.driver.gate;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How sure it is that a candidate is worse than the champion: {@value #RESAMPLES} times as many
 * blocks are drawn as there are, with replacement and the same ones for both models (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993, percentile intervals). The draws depend on
 * nothing but the number of blocks.
 *
 * @param point by which share it is worse on all blocks
 * @param lower what it is worse by at least, with the confidence asked for
 * @param upper what it is worse by at most, with the same confidence
 */
record Bootstrap(double point, double lower, double upper) {
  static final int RESAMPLES = 2_000;
  private static final long SEED = 0x48494E44; // "HIND"

  /** Draws. */
  static Bootstrap of(PairedSums sums, double confidence) {
    int n = sums.size();
    double[] worse = new double[RESAMPLES];
    int[] drawn = new int[n];
    for (int r = 0; r < RESAMPLES; r++) {
      CounterRandom random = CounterRandom.of(SEED, Purpose.BOOTSTRAP, r);
      for (int i = 0; i < n; i++) {
        drawn[i] = random.nextInt(n);
      }
      worse[r] = sums.worse(drawn);
    }
    Arrays.sort(worse);
    int tail = (int) Math.floor((1 - confidence) * RESAMPLES + 1e-9);
    return new Bootstrap(
        sums.worse(IntStream.range(0, n).toArray()), worse[tail], worse[RESAMPLES - 1 - tail]);
  }
}
