package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.CarriedState;
import java.util.List;
import java.util.Optional;

/**
 * The envelope of a task's gradients: what it was computed from, so that the driver can check it
 * before merging.
 *
 * @param runId the run
 * @param step training step
 * @param weights fingerprint of the weights used
 * @param firstShard first shard of the task
 * @param shards number of consecutive shards
 * @param nodes complete subtrees of the reduction tree over exactly those shards
 * @param carried states after the step, of the task's blocks; absent if states are not carried
 * @param nonFinite where the first NaN or infinity is, if there is one
 * @param sequences sequences that had a window in the step
 * @param computeNanos time spent in forward and backward pass, ns
 */
public record StepResult(
    long runId,
    long step,
    long weights,
    int firstShard,
    int shards,
    List<ReductionTree.Node> nodes,
    Optional<CarriedState> carried,
    Optional<NonFinite> nonFinite,
    int sequences,
    long computeNanos) {

  /**
   * Where a gradient stopped being finite.
   *
   * @param shard the shard
   * @param where {@code the loss}, or the name of the parameter block
   */
  public record NonFinite(int shard, String where) {}
}
