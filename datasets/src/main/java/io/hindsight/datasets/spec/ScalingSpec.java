package io.hindsight.datasets.spec;

/**
 * How numbers are brought to order 1.
 *
 * @param scale scaling of inputs and numeric targets, fitted on the training part
 * @param by what it is fitted to
 * @param difference whether inputs are changes from one step to the next, and targets changes from
 *     the present value to the value {@code horizon} steps ahead
 */
public record ScalingSpec(Scale scale, ScaleBy by, boolean difference) {
  /** Numbers scaled by the table. */
  public ScalingSpec(Scale scale, boolean difference) {
    this(scale, ScaleBy.TABLE, difference);
  }

  /** The same, fitted to something else. */
  public ScalingSpec with(ScaleBy other) {
    return new ScalingSpec(scale, other, difference);
  }
}
