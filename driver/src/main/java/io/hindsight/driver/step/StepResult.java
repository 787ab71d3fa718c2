package io.hindsight.driver.step;

import io.hindsight.kernels.batch.CarriedState;
import java.util.List;
import java.util.Optional;

/**
 * The envelope of a task's gradients: what it was computed from, so that the driver can check it
 * before merging.
 *
 * @param runId the run
 * @param step training step, or the number of a loss
 * @param weights fingerprint of the weights used
 * @param firstShard first shard of the task
 * @param shards number of consecutive shards
 * @param nodes complete subtrees of the reduction tree over exactly those shards
 * @param carried states that the step stores for a later one, of the task's blocks; absent if
 *     states are not carried
 * @param nonFinite where the first NaN or infinity is, if there is one
 * @param sequences sequences that had a window in the step
 * @param computeNanos time spent in forward and backward pass, ns; and in those that the same
 *     thread made before in the step
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
   * The part of this result that belongs to a slice of the parameters. The envelope, the losses and
   * the targets are in every slice; the carried states, which belong to no slice, come with the
   * first.
   *
   * @param index which slice
   */
  public StepResult slice(ParameterSlices slices, int index) {
    List<ReductionTree.Node> parts = nodes.stream().map(node -> node.slice(slices, index)).toList();
    return withNodes(parts, index == 0 ? carried : Optional.empty());
  }

  /** This result without its gradients, of which the losses and targets are left. */
  public StepResult withoutGradients() {
    return withNodes(nodes.stream().map(ReductionTree.Node::withoutGradients).toList(), carried);
  }

  /** This result without its carried states. */
  public StepResult withoutCarried() {
    return withNodes(nodes, Optional.empty());
  }

  /**
   * This result, computed by a thread that had computed others of the step before: the slowest
   * thread's time is that of all it did.
   *
   * @param nanos that it took for those, ns
   */
  public StepResult after(long nanos) {
    if (nanos == 0) {
      return this;
    }
    return new StepResult(
        runId,
        step,
        weights,
        firstShard,
        shards,
        nodes,
        carried,
        nonFinite,
        sequences,
        Math.addExact(nanos, computeNanos));
  }

  private StepResult withNodes(
      List<ReductionTree.Node> otherNodes, Optional<CarriedState> otherCarried) {
    return new StepResult(
        runId,
        step,
        weights,
        firstShard,
        shards,
        otherNodes,
        otherCarried,
        nonFinite,
        sequences,
        computeNanos);
  }

  /**
   * Where a gradient stopped being finite.
   *
   * @param shard the shard
   * @param where {@code the loss}, or the name of the parameter block; {@value #MERGED} if the sum
   *     of shards is too large though each of them is finite
   */
  public record NonFinite(int shard, String where) {
    private static final String MERGED = "the merged sum";

    /**
     * Marks subtrees that are not finite. What they were summed from must be: then how tasks divide
     * the shards decides where the sum is first too large, but not that it is so at the end.
     *
     * @return the first one's first shard; absent if all are finite
     */
    public static Optional<NonFinite> ofMerged(List<ReductionTree.Node> nodes) {
      return nodes.stream()
          .filter(node -> !node.sum().isFinite())
          .findFirst()
          .map(node -> new NonFinite(node.index() << node.level(), MERGED));
    }

    /** Whether each shard is finite by itself. */
    public boolean isOfMerged() {
      return where.equals(MERGED);
    }

    /** Of the places in two results the one to name, whichever of them came first. */
    static Optional<NonFinite> first(Optional<NonFinite> one, Optional<NonFinite> other) {
      boolean isOther = other.isPresent() && (one.isEmpty() || other.get().isBefore(one.get()));
      return isOther ? other : one;
    }

    /** The lowest shard is named; shards go before sums of shards. */
    private boolean isBefore(NonFinite other) {
      return isOfMerged() == other.isOfMerged() ? shard < other.shard : other.isOfMerged();
    }
  }
}
