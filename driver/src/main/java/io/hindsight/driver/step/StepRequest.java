package io.hindsight.driver.step;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import java.util.Optional;

/**
 * What a task needs to know of a step, beside the weights.
 *
 * @param runId the run; results of another run are refused
 * @param step training step, from 0; of a {@linkplain #ofLoss loss} a number below it
 * @param epoch pass over the data, from 0
 * @param stepInEpoch step within the epoch, from 0
 * @param weights fingerprint of the weights the step is computed with
 * @param backpropagation how far gradients flow back within a window, and how large they may be
 * @param carried states of the whole minibatch that its windows begin with, where they do not begin
 *     a sequence; absent if all begin from zero
 */
public record StepRequest(
    long runId,
    long step,
    long epoch,
    long stepInEpoch,
    long weights,
    Backpropagation backpropagation,
    Optional<CarriedState> carried) {

  private static final long FIRST_LOSS = -2; // −1 is no step

  /**
   * Asks for the loss of weights on another part of the data, which is computed in shards, too.
   *
   * @param made training steps made
   */
  public static StepRequest ofLoss(long runId, long made, long weights) {
    return new StepRequest(
        runId, FIRST_LOSS - made, 0, 0, weights, Backpropagation.FULL, Optional.empty());
  }

  /** Whether a loss is asked for, and no gradient. */
  public boolean isLoss() {
    return step <= FIRST_LOSS;
  }

  /** Training steps made before it. */
  public long stepsMade() {
    return isLoss() ? FIRST_LOSS - step : step;
  }

  /** What the step's results must have been computed from. */
  public StepIdentity identity() {
    return new StepIdentity(runId, step, weights);
  }
}
