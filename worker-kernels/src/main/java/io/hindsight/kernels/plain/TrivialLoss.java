package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Map;
import java.util.TreeMap;

/**
 * The loss of the best constant answer to some targets: their mean, or the frequency of each class.
 */
final class TrivialLoss {
  private final OutputSpec output;
  private final double[] means; // (O)
  private final double[] squares; // (O), summed deviations from the mean
  private final Map<Integer, Long> classes = new TreeMap<>();
  private long targets;

  TrivialLoss(OutputSpec output) {
    this.output = output;
    means = new double[output.size()];
    squares = new double[output.size()];
  }

  /** Takes in the target of a step of a sequence; numbers as Welford does. */
  void add(Sequence sequence, int step) {
    targets++;
    if (output.loss().targetsAreClasses()) {
      classes.merge(sequence.classes()[step], 1L, Long::sum);
      return;
    }
    for (int o = 0; o < means.length; o++) {
      double target = sequence.targets()[step * means.length + o];
      double off = target - means[o];
      means[o] += off / targets;
      squares[o] += off * (target - means[o]);
    }
  }

  long targets() {
    return targets;
  }

  /** Mean over the targets; NaN if there are none. */
  double mean() {
    if (output.loss().targetsAreClasses()) {
      return classes.values().stream()
          .mapToDouble(count -> surprise((double) count / targets))
          .sum();
    }
    double sum = 0;
    for (int o = 0; o < means.length; o++) {
      sum +=
          output.loss() == Loss.SQUARED_ERROR
              ? squares[o] / targets
              : surprise(means[o]) + surprise(1 - means[o]);
    }
    return sum / means.length;
  }

  /** −p log p. */
  private static double surprise(double p) {
    return p > 0 ? -p * Math.log(p) : 0;
  }
}
