package io.hindsight.driver.step;

import java.io.Serializable;

/**
 * What results must have in common to be summed.
 *
 * @param runId the run
 * @param step training step, from 0
 * @param weights fingerprint of the weights
 */
public record StepIdentity(long runId, long step, long weights) implements Serializable {
  /**
   * Checks that a result was computed from this.
   *
   * @throws RefusedResultException if it was not
   */
  void require(StepResult result) {
    RefusedResultException.unlessEqual("run", runId, result.runId());
    RefusedResultException.unlessEqual("step", step, result.step());
    RefusedResultException.unlessEqual("fingerprint of the weights", weights, result.weights());
  }
}
