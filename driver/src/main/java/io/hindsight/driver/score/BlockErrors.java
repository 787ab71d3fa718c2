package io.hindsight.driver.score;

import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;

/**
 * What was reached on the targets of one block, in sums that have the same bits whatever their
 * order.
 */
public final class BlockErrors implements Mergeable<BlockErrors> {
  private static final long serialVersionUID = 1L;

  private final Total squares = new Total();
  private final Total magnitudes = new Total();
  private final Total loss = new Total();
  private final Total scaled = new Total();
  private long targets;
  private long answers;
  private long right;
  private long scaledAnswers;
  private long truth;

  /**
   * Adds the error of a number, in original units where known.
   *
   * @param inUnits absolute error in units of its sequence's scale; NaN where it has none
   */
  void addError(double error, double inUnits) {
    answers++;
    if (!Double.isNaN(inUnits)) {
      scaled.add(inUnits);
      scaledAnswers++;
    }
    squares.add(error * error);
    magnitudes.add(Math.abs(error));
  }

  /** Adds an answer of a class or label. */
  void addAnswer(boolean isRight, double crossEntropy) {
    answers++;
    right += isRight ? 1 : 0;
    loss.add(crossEntropy);
  }

  /**
   * Adds a target.
   *
   * @param identity hash of its sequence, its row and its truth
   */
  void addTarget(long identity) {
    targets++;
    truth += identity;
  }

  @Override
  public void merge(BlockErrors other) {
    squares.merge(other.squares);
    magnitudes.merge(other.magnitudes);
    loss.merge(other.loss);
    scaled.merge(other.scaled);
    scaledAnswers += other.scaledAnswers;
    targets += other.targets;
    answers += other.answers;
    right += other.right;
    truth += other.truth;
  }

  /** Whether another has the same targets, with the same truth. */
  public boolean isOfSameTargets(BlockErrors other) {
    return targets == other.targets && truth == other.truth;
  }

  /** Scored targets. */
  public long targets() {
    return targets;
  }

  /** Numbers, classes or labels of the targets. */
  public long answers() {
    return answers;
  }

  /** Answers that are right; 0 for values. */
  public long right() {
    return right;
  }

  /** Sum of squared errors, in original units where known; 0 unless targets are values. */
  public double squares() {
    return squares.value();
  }

  /** Sum of absolute errors, as {@link #squares}. */
  public double magnitudes() {
    return magnitudes.value();
  }

  /** Sum of absolute errors in units of their sequences' scales, where those have one. */
  public double scaled() {
    return scaled.value();
  }

  /** Numbers whose sequences have a scale. */
  public long scaledAnswers() {
    return scaledAnswers;
  }

  /** Sum of the cross-entropy in nats; 0 for values. */
  public double loss() {
    return loss.value();
  }
}
