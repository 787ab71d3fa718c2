package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;

/**
 * Running parity: each step reads a fair bit, as the number 0 or 1, and the class is whether the
 * number of ones so far is odd. A guess is right half of the time.
 *
 * @param length T, at least 1
 */
public record Parity(int length) implements GeneratedTask {
  public Parity {
    GeneratedTask.require("length of 'parity'", length, 1);
  }

  @Override
  public String name() {
    return "parity";
  }

  @Override
  public InputSpec input() {
    return InputSpec.dense(1);
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public TargetKind targetKind() {
    return TargetKind.CLASS;
  }

  @Override
  public Sequence sequence(long seed, int index) {
    CounterRandom random = GeneratedTask.random(seed, index);
    double[] bits = new double[length];
    int[] parity = new int[length];
    int odd = 0;
    for (int t = 0; t < length; t++) {
      int bit = random.nextInt(2);
      odd ^= bit;
      bits[t] = bit;
      parity[t] = odd;
    }
    return Sequence.ofFeatures(id(index), bits, length).withClasses(parity);
  }
}
