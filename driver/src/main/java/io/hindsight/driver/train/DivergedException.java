package io.hindsight.driver.train;

import io.hindsight.driver.step.StepResult.NonFinite;

/** The loss or the gradient became NaN or infinite. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String REMEDY =
      "lower training.optimizer.learning-rate, set training.clip.norm, or scale the data";

  private DivergedException(String message) {
    super(message);
  }

  /** A shard's result was not finite. */
  public static DivergedException at(long step, NonFinite where) {
    return new DivergedException(
        "training diverged at step %d: %s of shard %d is not finite; %s"
            .formatted(step, described(where.where()), where.shard(), REMEDY));
  }

  /** The sum over all shards was not finite though each shard's was. */
  public static DivergedException inSum(long step, String what) {
    return new DivergedException(
        "training diverged at step %d: %s, though each shard's gradient is finite; %s"
            .formatted(step, what, REMEDY));
  }

  /** The validation loss was not finite though the training loss was. */
  public static DivergedException inValidation(long step, double loss) {
    return new DivergedException(
        "training diverged at step %d: the validation loss after it is not finite (%s); %s"
            .formatted(step, loss, REMEDY));
  }

  /** The last update left a weight that is not finite. */
  public static DivergedException inWeights(long step, String block) {
    return new DivergedException(
        "training diverged at step %d: a weight in block %s is not finite after it; %s"
            .formatted(step, block, REMEDY));
  }

  private static String described(String where) {
    return where.startsWith("the ") ? where : "the gradient in block " + where;
  }
}
