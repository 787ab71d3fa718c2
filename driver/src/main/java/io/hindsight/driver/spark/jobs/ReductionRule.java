package io.hindsight.driver.spark.jobs;

import io.hindsight.datasets.Count;
import io.hindsight.driver.config.ReduceKind;

/**
 * Decides where gradients are summed when the configuration leaves it open.
 *
 * <p>A driver that sums takes each task's P numbers one after the other, at some 10 ns each: 6 on a
 * network of 10 Gbit/s, 2.4 to deserialize, 1.5 to check and add. Slices are summed side by side,
 * but a parameter is serialized, fetched, added and sent on before the driver has it, which is the
 * price of four tasks; and a second stage costs what a small job does, 15 ms on two executors.
 * Slices are used where they are expected to save four times that.
 */
public final class ReductionRule {
  /** Tasks whose gradients the driver has summed in the time that slices take to arrive. */
  static final int FREE_TASKS = 4;

  /** Numbers of further tasks that the driver takes some 60 ms for. */
  static final long MOST_ON_DRIVER = 6_000_000;

  private ReductionRule() {}

  /**
   * The reduction that a run gets.
   *
   * @param kind not {@link ReduceKind#AUTO}
   * @param reason why it was chosen
   */
  public record Choice(ReduceKind kind, String reason) {}

  /**
   * Chooses.
   *
   * @param wished what is configured
   * @param parameters P
   * @param tasks tasks per step
   */
  public static Choice choose(ReduceKind wished, long parameters, int tasks) {
    if (wished != ReduceKind.AUTO) {
      return new Choice(wished, "as configured");
    }
    boolean sliced = parameters * (tasks - FREE_TASKS) > MOST_ON_DRIVER;
    return new Choice(
        sliced ? ReduceKind.SLICED : ReduceKind.DRIVER,
        "%s in %s are %s for the driver"
            .formatted(
                Count.of(parameters, "parameter"),
                Count.of(tasks, "task"),
                sliced ? "too many" : "few enough"));
  }
}
