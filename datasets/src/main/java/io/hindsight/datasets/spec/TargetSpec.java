package io.hindsight.datasets.spec;

/**
 * What is predicted.
 *
 * @param kind what the labels are
 * @param horizon steps ahead that the label is taken from; 0 is the label of the same step. Steps
 *     are of time where the ordering column has a common one, else rows
 * @param unknown what is done about class labels that training did not see
 */
public record TargetSpec(TargetKind kind, int horizon, Unknown unknown) {
  /** Targets whose unknown labels are refused. */
  public TargetSpec(TargetKind kind, int horizon) {
    this(kind, horizon, Unknown.REFUSE);
  }
}
