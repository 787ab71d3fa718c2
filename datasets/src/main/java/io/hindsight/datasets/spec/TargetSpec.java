package io.hindsight.datasets.spec;

/**
 * What is predicted.
 *
 * @param kind what the labels are
 * @param horizon how far ahead; steps are of time where the ordering column has a common one, else
 *     rows
 * @param unknown what is done about class labels that training did not see
 */
public record TargetSpec(TargetKind kind, Horizon horizon, Unknown unknown) {
  /** Targets whose unknown labels are refused. */
  public TargetSpec(TargetKind kind, Horizon horizon) {
    this(kind, horizon, Unknown.REFUSE);
  }

  /** One value of each target, so many steps ahead. */
  public TargetSpec(TargetKind kind, int steps) {
    this(kind, Horizon.of(steps));
  }
}
