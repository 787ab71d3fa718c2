package io.hindsight.driver.train;

import io.hindsight.driver.step.StepResult.NonFinite;

/** The loss, the gradient or what an update comes to is NaN or infinite. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String REMEDY =
      "lower training.optimizer.learning-rate, set training.clip.norm, or scale the data";

  private final String what;

  private DivergedException(String what, String remedy) {
    super(what + "; " + remedy);
    this.what = what;
  }

  private static DivergedException at(long step, String what) {
    return new DivergedException("training diverged at step %d: %s".formatted(step, what), REMEDY);
  }

  /** A shard's result was not finite. */
  public static DivergedException at(long step, NonFinite where) {
    return at(
        step, "%s of shard %d is not finite".formatted(described(where.where()), where.shard()));
  }

  /** The sum over all shards was not finite though each shard's was. */
  public static DivergedException inSum(long step, String what) {
    return at(step, what + ", though each shard's gradient is finite");
  }

  /** The validation loss was not finite though the training loss was. */
  public static DivergedException inValidation(long step, double loss) {
    return at(step, "the validation loss after it is not finite (%s)".formatted(loss));
  }

  /** An update left a weight, or a number that the optimizer keeps for it, that is not finite. */
  public static DivergedException inWeights(long step, String block) {
    return at(step, "a weight in block %s is not finite after it".formatted(block));
  }

  /** The same after all that could be done about it. */
  DivergedException after(String attempts) {
    return new DivergedException("%s, and %s".formatted(what, attempts), REMEDY);
  }

  /** Step and place, without what to do about it. */
  public String what() {
    return what;
  }

  private static String described(String where) {
    return where.startsWith("the ") ? where : "the gradient in block " + where;
  }
}
