package io.hindsight.kernels.jmh;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;

/** The same numbers in every run. */
final class Numbers {
  private Numbers() {}

  /** {@code count} numbers in [−bound, bound). */
  static double[] within(double bound, int count) {
    CounterRandom random = CounterRandom.of(1, Purpose.GENERATED_DATA, count);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextDouble(-bound, bound);
    }
    return numbers;
  }
}
