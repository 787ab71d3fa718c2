package io.hindsight.datasets.spec;

import java.util.List;

/**
 * What is predicted.
 *
 * @param kind what the labels are
 * @param horizon how far ahead; steps are of time where the ordering column has a common one, else
 *     rows
 * @param unknown what is done about class labels that training did not see
 * @param order the classes from the lowest to the highest; empty where they have none, or are
 *     numbers
 */
public record TargetSpec(TargetKind kind, Horizon horizon, Unknown unknown, List<String> order) {
  public TargetSpec {
    order = List.copyOf(order);
  }

  /** Targets whose order, if any, is that of numbers. */
  public TargetSpec(TargetKind kind, Horizon horizon, Unknown unknown) {
    this(kind, horizon, unknown, List.of());
  }

  /** Targets whose unknown labels are refused. */
  public TargetSpec(TargetKind kind, Horizon horizon) {
    this(kind, horizon, Unknown.REFUSE);
  }

  /** One value of each target, so many steps ahead. */
  public TargetSpec(TargetKind kind, int steps) {
    this(kind, Horizon.of(steps));
  }
}
