package io.hindsight.driver.step;

import io.hindsight.kernels.batch.CarriedState;
import java.util.Optional;

/**
 * What a task needs to know of a step, beside the weights.
 *
 * @param runId the run; results of another run are refused
 * @param step training step, from 0
 * @param epoch pass over the data, from 0
 * @param stepInEpoch step within the epoch, from 0
 * @param weights fingerprint of the weights the step is computed with
 * @param truncation back-propagated steps within a window
 * @param carried states of the whole minibatch before the step; absent if windows start from zero
 */
public record StepRequest(
    long runId,
    long step,
    long epoch,
    long stepInEpoch,
    long weights,
    int truncation,
    Optional<CarriedState> carried) {

  /** What the step's results must have been computed from. */
  public StepIdentity identity() {
    return new StepIdentity(runId, step, weights);
  }
}
