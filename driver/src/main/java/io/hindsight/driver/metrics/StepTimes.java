package io.hindsight.driver.metrics;

import io.hindsight.driver.step.StepOutcome;

/**
 * Where the wall-clock time of a step went, in milliseconds: {@code stepMs = computeMs + engineMs +
 * updateMs}.
 *
 * @param stepMs the whole step, from the fingerprint of its weights to their update
 * @param computeMs forward and backward pass of the slowest task; a thread that computes several
 *     tasks of a step, as one does whose neighbour has no core, counts as one with all of them
 * @param waitingMs part of {@code computeMs}: what the mean task waited for the slowest. With
 *     resident tasks it is the mean executor, each taking the time of its slowest task
 * @param engineMs what the gradient took besides {@code computeMs}, from the fingerprint of the
 *     weights on
 * @param driverMs part of {@code engineMs}: the driver's own work, which is packing or serializing
 *     the weights and unpacking, checking and merging the results
 * @param updateMs from the merged gradient to the new weights: mean, clipping, optimizer
 */
public record StepTimes(
    double stepMs,
    double computeMs,
    double waitingMs,
    double engineMs,
    double driverMs,
    double updateMs) {
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * The times of a step.
   *
   * @param stepNanos the whole step, ns
   * @param engineNanos its first part, until the merged gradient is there, ns
   */
  public static StepTimes of(StepOutcome outcome, long stepNanos, long engineNanos) {
    long slowest = outcome.slowestTaskNanos();
    return new StepTimes(
        stepNanos / NANOS_PER_MILLI,
        slowest / NANOS_PER_MILLI,
        (slowest - outcome.meanTaskNanos()) / NANOS_PER_MILLI,
        (engineNanos - slowest) / NANOS_PER_MILLI,
        Math.min(outcome.driverNanos(), Math.max(0, engineNanos - slowest)) / NANOS_PER_MILLI,
        (stepNanos - engineNanos) / NANOS_PER_MILLI);
  }

  /**
   * The rest of {@code engineMs}: the fingerprint, messages under way, what executors do to read
   * and write them, scheduling, and pauses between questions.
   */
  public double transportMs() {
    return engineMs - driverMs;
  }
}
