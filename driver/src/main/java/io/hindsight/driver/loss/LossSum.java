package io.hindsight.driver.loss;

import io.hindsight.datasets.sums.ExactSum;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.kernels.batch.GradientSum;
import java.util.Arrays;

/**
 * The exact sums of losses and of their weights in the place of a gradient: their digits. Adding
 * them in any tree is exact, so whatever checks and merges gradients does it with losses, too.
 */
final class LossSum {
  private final ExactSum finite = new ExactSum();
  private final ExactSum weight = new ExactSum();
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

  /** Adds a sum of weights, which are finite. */
  void addWeight(double weights) {
    weight.add(weights);
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
    double[] losses = finite.toDigits();
    double[] digits = Arrays.copyOf(losses, LossPlan.NUMBERS);
    System.arraycopy(weight.toDigits(), 0, digits, losses.length, losses.length);
    return new GradientSum(digits, others, targets);
  }

  /** What all tasks sent, merged. */
  static Loss read(GradientSum merged) {
    double[] digits = merged.gradient();
    double[] losses = Arrays.copyOf(digits, ExactSum.DIGITS);
    double[] weights = Arrays.copyOfRange(digits, ExactSum.DIGITS, LossPlan.NUMBERS);
    double sum = merged.loss() == 0 ? ExactSum.ofDigits(losses).value() : merged.loss();
    return new Loss(sum / ExactSum.ofDigits(weights).value(), merged.targets());
  }
}
