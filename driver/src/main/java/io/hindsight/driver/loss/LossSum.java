package io.hindsight.driver.loss;

import io.hindsight.datasets.sums.ExactSum;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.kernels.batch.GradientSum;

/**
 * The exact sum of losses in the place of a gradient: its digits. Adding them in any tree is exact,
 * so whatever checks and merges gradients does it with losses, too.
 */
final class LossSum {
  private final ExactSum finite = new ExactSum();
  private double others; // infinite, or not a number; 0 while there are none
  private long targets;

  /** Adds the loss of some targets. */
  void add(double loss) {
    if (Double.isFinite(loss)) {
      finite.add(loss);
    } else {
      others += loss;
    }
  }

  /** Adds to the number of targets. */
  void addTargets(long count) {
    targets += count;
  }

  /** Whether every loss is finite. */
  boolean isFinite() {
    return others == 0;
  }

  /** The sum as a task sends it. */
  GradientSum toGradient() {
    return new GradientSum(finite.toDigits(), others, targets);
  }

  /** What all tasks sent, merged. */
  static Loss read(GradientSum merged) {
    double sum = merged.loss() == 0 ? ExactSum.ofDigits(merged.gradient()).value() : merged.loss();
    return new Loss(sum / merged.targets(), merged.targets());
  }
}
