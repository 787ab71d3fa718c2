package io.hindsight.driver.shard;

import io.hindsight.driver.shard.StepResult.NonFinite;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import java.util.List;
import java.util.Optional;

/** Checks and merges the results of one step's tasks, in whatever order they arrive. */
public final class StepCollector {
  private final ShardPlan plan;
  private final StepRequest request;
  private final ReductionTree tree;
  private final int parameters; // P
  private final Optional<CarriedState> carried;
  private Optional<NonFinite> nonFinite = Optional.empty();
  private int sequences;
  private long slowestNanos;
  private long totalNanos;
  private int results;
  private long mergeNanos;

  /** For the results of {@code request}. */
  public StepCollector(NetworkSpec spec, ShardPlan plan, StepRequest request) {
    this.plan = plan;
    this.request = request;
    parameters = new ParameterLayout(spec).size();
    tree = new ReductionTree(plan.shards().size());
    carried = request.carried().map(state -> new CarriedState(spec, plan.blocks()));
  }

  /**
   * Checks a result and merges it; nothing of a refused result is merged. Not thread-safe: callers
   * serialize their calls.
   *
   * @throws IllegalArgumentException if the result is not of this step and network, or a shard came
   *     twice
   */
  public void accept(StepResult result) {
    long start = System.nanoTime();
    merge(result);
    mergeNanos += System.nanoTime() - start;
  }

  private void merge(StepResult result) {
    check(result);
    result.nodes().forEach(tree::add);
    if (carried.isPresent()) {
      CarriedState after = result.carried().orElseThrow();
      int firstBlock = plan.shards().get(result.firstShard()).firstBlock();
      carried.get().copyBlocks(after, 0, firstBlock, after.blocks());
    }
    if (nonFinite.isEmpty() || isEarlier(result.nonFinite())) {
      nonFinite = result.nonFinite().or(() -> nonFinite);
    }
    sequences += result.sequences();
    slowestNanos = Math.max(slowestNanos, result.computeNanos());
    totalNanos += result.computeNanos();
    results++;
  }

  private void check(StepResult result) {
    require("run", request.runId(), result.runId());
    require("step", request.step(), result.step());
    require("fingerprint of the weights", request.weights(), result.weights());
    int end = result.firstShard() + result.shards();
    if (result.firstShard() < 0 || result.shards() < 1 || end > plan.shards().size()) {
      throw new IllegalArgumentException(
          "result refused: its shards [%d, %d) are not among the %d of the plan"
              .formatted(result.firstShard(), end, plan.shards().size()));
    }
    int covered = 0;
    for (ReductionTree.Node node : result.nodes()) {
      require("number of parameters", parameters, node.sum().gradient().length);
      covered += shardsUnder(node, result);
    }
    require("number of shards covered", result.shards(), covered);
    require("number of carried blocks", carriedBlocks(result), blocksOf(result.carried()));
    tree.requireAbsent(result.firstShard(), end);
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

  /** The lowest shard is named, whichever task answers first. */
  private boolean isEarlier(Optional<NonFinite> other) {
    return other.isPresent() && other.get().shard() < nonFinite.orElseThrow().shard();
  }

  private int shardsUnder(ReductionTree.Node node, StepResult result) {
    int first = node.index() << node.level();
    int end = Math.min(plan.shards().size(), first + (1 << node.level()));
    if (first < result.firstShard() || end > result.firstShard() + result.shards()) {
      throw new IllegalArgumentException(
          "result refused: its shards are [%d, %d), but it has a subtree over [%d, %d)"
              .formatted(result.firstShard(), result.firstShard() + result.shards(), first, end));
    }
    return end - first;
  }

  private static void require(String what, long expected, long actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "result refused: its %s is %d, expected %d".formatted(what, actual, expected));
    }
  }

  /** Whether every shard's result is there. */
  public boolean isComplete() {
    return tree.isComplete();
  }

  /** The shards whose results are still to come, as ranges. */
  public List<ShardRange> missing() {
    return tree.missing();
  }

  /**
   * What the step came to.
   *
   * @throws IllegalStateException if a shard is missing
   */
  public StepOutcome outcome() {
    GradientSum sum = tree.root();
    long meanNanos = totalNanos / results;
    return new StepOutcome(sum, carried, nonFinite, sequences, slowestNanos, meanNanos, mergeNanos);
  }
}
