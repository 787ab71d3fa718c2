package io.hindsight.driver.step;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.List;
import java.util.Optional;

/** Checks and merges the results of one step's tasks, in whatever order they arrive. */
public final class StepCollector {
  private final ShardPlan plan;
  private final SumCollector sums;
  private final Optional<CarriedState> carried;
  private long totalNanos;
  private int results;
  private long mergeNanos;

  /** For the results of {@code request}. */
  public StepCollector(NetworkSpec spec, ShardPlan plan, StepRequest request) {
    this(spec, plan, request, RangeLoop.SERIAL);
  }

  /**
   * For the results of {@code request}.
   *
   * @param loop over gradients, to merge them
   */
  public StepCollector(NetworkSpec spec, ShardPlan plan, StepRequest request, RangeLoop loop) {
    this(spec, plan, request, new ParameterLayout(spec).denseSize(), loop);
  }

  /** For results that have other numbers in the place of gradients, or a part of them. */
  public StepCollector(NetworkSpec spec, ShardPlan plan, StepRequest request, int parameters) {
    this(spec, plan, request, parameters, RangeLoop.SERIAL);
  }

  private StepCollector(
      NetworkSpec spec, ShardPlan plan, StepRequest request, int parameters, RangeLoop loop) {
    this.plan = plan;
    sums = new SumCollector(request.identity(), plan.shards().size(), parameters, loop);
    carried = request.carried().map(state -> new CarriedState(spec, plan.blocks()));
  }

  /**
   * Checks a result and merges it; nothing of a refused result is merged. Not thread-safe: callers
   * serialize their calls.
   *
   * @throws RefusedResultException if the result is not of this step and network, a shard came
   *     twice, or a number is not finite though the result says that all are
   */
  public void accept(StepResult result) {
    long start = System.nanoTime();
    merge(result);
    mergeNanos += System.nanoTime() - start;
  }

  private void merge(StepResult result) {
    check(result);
    sums.add(result);
    if (carried.isPresent()) {
      CarriedState after = result.carried().orElseThrow();
      int firstBlock = plan.shards().get(result.firstShard()).firstBlock();
      carried.get().copyBlocks(after, 0, firstBlock, after.blocks());
    }
    totalNanos += result.computeNanos();
    results++;
  }

  private void check(StepResult result) {
    sums.check(result);
    RefusedResultException.unlessEqual(
        "number of carried blocks", carriedBlocks(result), blocksOf(result.carried()));
  }

  private int carriedBlocks(StepResult result) {
    int blocks = 0;
    for (int shard = 0; carried.isPresent() && shard < result.shards(); shard++) {
      blocks += plan.shards().get(result.firstShard() + shard).blocks();
    }
    return blocks;
  }

  private static int blocksOf(Optional<CarriedState> state) {
    return state.map(CarriedState::blocks).orElse(0);
  }

  /** Whether every shard's result is there. */
  public boolean isComplete() {
    return sums.isComplete();
  }

  /** The shards whose results are still to come, as ranges. */
  public List<ShardRange> missing() {
    return sums.missing();
  }

  /**
   * What the step came to.
   *
   * @throws IllegalStateException if a shard is missing
   */
  public StepOutcome outcome() {
    return new StepOutcome(
        sums.root(),
        carried,
        sums.nonFinite(),
        sums.sequences(),
        sums.slowestNanos(),
        totalNanos / results,
        mergeNanos);
  }
}
