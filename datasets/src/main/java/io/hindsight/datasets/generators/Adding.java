package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;
import java.util.Arrays;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997, in the form of Le, Jaitly and Hinton 2015):
 * each step reads a number uniform in [0, 1) and a marker; two steps are marked, one in each half,
 * and the target at the last step is the sum of their numbers. Always answering 1 has the mean
 * squared error 1/6, the variance of the sum.
 *
 * @param length T, at least 2
 */
public record Adding(int length) implements GeneratedTask {
  public Adding {
    GeneratedTask.require("length of 'adding'", length, 2);
  }

  @Override
  public String name() {
    return "adding";
  }

  @Override
  public InputSpec input() {
    return InputSpec.dense(2);
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public TargetKind targetKind() {
    return TargetKind.VALUE;
  }

  @Override
  public Sequence sequence(long seed, int index) {
    CounterRandom random = GeneratedTask.random(seed, index);
    double[] x = new double[length * 2]; // (T, 2)
    for (int t = 0; t < length; t++) {
      x[2 * t] = random.nextDouble();
    }
    int first = random.nextInt(length / 2);
    int second = length / 2 + random.nextInt(length - length / 2);
    x[2 * first + 1] = 1;
    x[2 * second + 1] = 1;
    double[] sum = new double[length];
    Arrays.fill(sum, x[2 * first] + x[2 * second]);
    return Sequence.ofFeatures(id(index), x, length).withTargets(sum).scoredFrom(length - 1);
  }
}
