package io.hindsight.driver.step;

import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import java.util.Optional;

/**
 * What a step's tasks came to, merged.
 *
 * @param sum gradient, loss and targets of the whole minibatch; valid until the next step
 * @param carried states of the whole minibatch that the step stores for a later one; absent if
 *     states are not carried
 * @param nonFinite where the first NaN or infinity is, if there is one
 * @param sequences sequences that had a window in the step
 * @param slowestTaskNanos compute time of the slowest task, ns
 * @param meanTaskNanos mean compute time over the results as they came, ns: one per task, or with
 *     resident tasks one per executor, which takes the time of its slowest
 * @param driverNanos time that the driver itself spent on sending and merging, ns
 */
public record StepOutcome(
    GradientSum sum,
    Optional<CarriedState> carried,
    Optional<NonFinite> nonFinite,
    int sequences,
    long slowestTaskNanos,
    long meanTaskNanos,
    long driverNanos) {

  /** With time added that the driver spent before the tasks or between their results. */
  public StepOutcome plusDriverNanos(long nanos) {
    return new StepOutcome(
        sum,
        carried,
        nonFinite,
        sequences,
        slowestTaskNanos,
        meanTaskNanos,
        Math.addExact(driverNanos, nanos));
  }
}
