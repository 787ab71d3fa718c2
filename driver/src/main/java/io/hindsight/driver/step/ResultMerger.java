package io.hindsight.driver.step;

import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Merges results of one step where their shards are adjacent, so that tasks of one process send one
 * gradient instead of several. The tree is the same, so the bits are.
 */
public final class ResultMerger {
  private final NetworkSpec spec;
  private final int totalShards;

  /**
   * For the results of a run.
   *
   * @param totalShards shards of the whole minibatch
   */
  public ResultMerger(NetworkSpec spec, int totalShards) {
    this.spec = spec;
    this.totalShards = totalShards;
  }

  /**
   * As few results as cover the same shards; sums are merged in place.
   *
   * @param results of one step and the same weights, no shard twice
   */
  public List<StepResult> merge(List<StepResult> results) {
    List<StepResult> sorted = new ArrayList<>(results);
    sorted.sort(Comparator.comparingInt(StepResult::firstShard));
    List<StepResult> merged = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      boolean gap =
          i == sorted.size()
              || sorted.get(i).firstShard() != ShardRange.of(sorted.get(i - 1)).end();
      if (gap) {
        merged.add(join(sorted.subList(from, i)));
        from = i;
      }
    }
    return merged;
  }

  private StepResult join(List<StepResult> adjacent) {
    StepResult first = adjacent.get(0);
    if (adjacent.size() == 1) {
      return first;
    }
    ReductionTree tree = new ReductionTree(totalShards);
    Optional<NonFinite> nonFinite = Optional.empty();
    int shards = 0;
    int sequences = 0;
    long nanos = 0;
    for (StepResult result : adjacent) {
      result.nodes().forEach(tree::add);
      nonFinite = nonFinite.or(result::nonFinite);
      shards += result.shards();
      sequences += result.sequences();
      nanos = Math.max(nanos, result.computeNanos());
    }
    return new StepResult(
        first.runId(),
        first.step(),
        first.weights(),
        first.firstShard(),
        shards,
        tree.nodes(),
        first.carried().map(state -> carried(adjacent)),
        nonFinite.or(() -> NonFinite.ofMerged(tree.nodes())),
        sequences,
        nanos);
  }

  private CarriedState carried(List<StepResult> adjacent) {
    int blocks = adjacent.stream().mapToInt(result -> result.carried().get().blocks()).sum();
    CarriedState all = new CarriedState(spec, blocks);
    int to = 0;
    for (StepResult result : adjacent) {
      CarriedState part = result.carried().get();
      all.copyBlocks(part, 0, to, part.blocks());
      to += part.blocks();
    }
    return all;
  }
}
