package io.hindsight.driver.step;

import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.List;
import java.util.Optional;

/**
 * Checks and merges gradient sums of one step, or of one slice of its parameters, in whatever order
 * they arrive.
 */
public final class SumCollector {
  private final StepIdentity identity;
  private final int shards;
  private final int parameters; // D, or the length of a slice
  private final ReductionTree tree;
  private Optional<NonFinite> nonFinite = Optional.empty();
  private int sequences;
  private long slowestNanos;

  /**
   * Waits for results.
   *
   * @param identity what they must have been computed from
   * @param shards shards of the whole minibatch
   * @param parameters length of their gradients, rows of tables apart
   */
  public SumCollector(StepIdentity identity, int shards, int parameters) {
    this(identity, shards, parameters, RangeLoop.SERIAL);
  }

  SumCollector(StepIdentity identity, int shards, int parameters, RangeLoop loop) {
    this.identity = identity;
    this.shards = shards;
    this.parameters = parameters;
    tree = new ReductionTree(shards, loop);
  }

  /**
   * Checks a result and merges its sums; nothing of a refused result is merged. Not thread-safe.
   *
   * @throws RefusedResultException if the result is not of this step and network, a shard came
   *     twice, or a number is not finite though the result says that all are
   */
  public void accept(StepResult result) {
    check(result);
    add(result);
  }

  void check(StepResult result) {
    identity.require(result);
    int end = result.firstShard() + result.shards();
    if (result.firstShard() < 0 || result.shards() < 1 || end > shards || end < 1) {
      throw new RefusedResultException(
          "result refused: its shards [%d, %d) are not among the %d of the plan"
              .formatted(result.firstShard(), end, shards));
    }
    int next = result.firstShard();
    for (ReductionTree.Node node : result.nodes()) {
      next = endOf(node, next, result);
      RefusedResultException.unlessEqual(
          "number of parameters", parameters, node.sum().gradient().length);
    }
    RefusedResultException.unlessEqual(
        "number of shards covered", result.shards(), next - result.firstShard());
    tree.requireAbsent(result.firstShard(), end);
    requireFinite(result);
  }

  /** The shard after those of a subtree, which must begin at {@code next}. */
  private int endOf(ReductionTree.Node node, int next, StepResult result) {
    int level = Math.max(0, Math.min(30, node.level()));
    long first = (long) node.index() << level;
    long end = Math.min(shards, first + (1L << level));
    if (level != node.level() || first != next || end > result.firstShard() + result.shards()) {
      throw new RefusedResultException(
          "result refused: its shards are %s, but it has a subtree over [%d, %d)"
              .formatted(ShardRange.of(result), first, end));
    }
    return (int) end;
  }

  private static void requireFinite(StepResult result) {
    if (result.nonFinite().isPresent()) {
      return;
    }
    for (ReductionTree.Node node : result.nodes()) {
      if (!node.sum().isFinite()) {
        throw new RefusedResultException(
            "result refused: a sum over its shards %s is not finite, though it says that all are"
                .formatted(ShardRange.of(result)));
      }
    }
  }

  /** Merges a result that was checked. */
  void add(StepResult result) {
    result.nodes().forEach(tree::add);
    nonFinite = NonFinite.first(nonFinite, result.nonFinite());
    sequences += result.sequences();
    slowestNanos = Math.max(slowestNanos, result.computeNanos());
  }

  /** Whether every shard's result is there. */
  public boolean isComplete() {
    return tree.isComplete();
  }

  /** The shards whose results are still to come, as ranges. */
  List<ShardRange> missing() {
    return tree.missing();
  }

  /**
   * The sum of all shards.
   *
   * @throws IllegalStateException if a shard is missing
   */
  public GradientSum root() {
    return tree.root();
  }

  /**
   * Everything accepted as one result over all shards, without carried states.
   *
   * @throws IllegalStateException if a shard is missing
   */
  public StepResult merged() {
    tree.root();
    List<ReductionTree.Node> root = tree.nodes();
    return new StepResult(
        identity.runId(),
        identity.step(),
        identity.weights(),
        0,
        shards,
        root,
        Optional.empty(),
        nonFinite.or(() -> NonFinite.ofMerged(root)),
        sequences,
        slowestNanos);
  }

  /** Where a shard's gradient stopped being finite; absent if only sums of finite ones did. */
  Optional<NonFinite> nonFinite() {
    return nonFinite.filter(where -> !where.isOfMerged());
  }

  int sequences() {
    return sequences;
  }

  long slowestNanos() {
    return slowestNanos;
  }
}
