package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;
import java.util.Arrays;

/**
 * Temporal order (Hochreiter and Schmidhuber 1997, task 6a): a sequence of four distractors between
 * a start and an end symbol holds two symbols that are each X or Y, one at a random step in [T/10,
 * T/5), the other in [T/2, 3T/5). The class, asked for at the last step, is their order: XX, XY, YX
 * or YY. A guess is wrong three times out of four.
 *
 * @param length T, at least 10
 */
public record TemporalOrder(int length) implements GeneratedTask {
  private static final int DISTRACTORS = 4;
  private static final int X = 4; // Y is X + 1
  private static final int START = 6;
  private static final int END = 7;

  public TemporalOrder {
    GeneratedTask.require("length of 'temporal-order'", length, 10);
  }

  @Override
  public String name() {
    return "temporal-order";
  }

  @Override
  public InputSpec input() {
    return InputSpec.tokens(END + 1);
  }

  @Override
  public int outputs() {
    return 4;
  }

  @Override
  public TargetKind targetKind() {
    return TargetKind.CLASS;
  }

  @Override
  public Sequence sequence(long seed, int index) {
    CounterRandom random = GeneratedTask.random(seed, index);
    int[] tokens = new int[length];
    for (int t = 0; t < length; t++) {
      tokens[t] = random.nextInt(DISTRACTORS);
    }
    tokens[0] = START;
    tokens[length - 1] = END;
    int first = random.nextInt(2);
    int second = random.nextInt(2);
    tokens[between(random, length / 10, length / 5)] = X + first;
    tokens[between(random, length / 2, 3 * length / 5)] = X + second;
    int[] order = new int[length];
    Arrays.fill(order, 2 * first + second);
    return Sequence.ofTokens(id(index), tokens).withClasses(order).scoredFrom(length - 1);
  }

  private static int between(CounterRandom random, int from, int to) {
    return from + random.nextInt(to - from);
  }
}
