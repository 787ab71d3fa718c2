package io.hindsight.datasets.spec;

/**
 * How numbers are brought to order 1.
 *
 * @param scale scaling of inputs and numeric targets, fitted on the training part
 * @param by what it is fitted to
 * @param transform what is made of numeric targets before they are scaled; not with a scale that
 *     makes a logarithm, nor of counts
 * @param difference whether inputs are changes from one step to the next, and targets changes from
 *     the present value to the value {@code horizon} steps ahead
 */
public record ScalingSpec(Scale scale, ScaleBy by, Transform transform, boolean difference) {
  /** Numbers scaled by the table. */
  public ScalingSpec(Scale scale, boolean difference) {
    this(scale, ScaleBy.TABLE, Transform.NONE, difference);
  }

  /** The same, fitted to something else. */
  public ScalingSpec with(ScaleBy other) {
    return new ScalingSpec(scale, other, transform, difference);
  }
}
