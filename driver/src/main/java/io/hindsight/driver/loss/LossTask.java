package io.hindsight.driver.loss;

import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.WindowLanes;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardData;
import io.hindsight.driver.step.RangeTask;
import io.hindsight.driver.step.ReductionTree;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.bptt.PieceByPiece;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pure function (weights) → losses of a run of shards: every sequence of theirs is scored once,
 * from a zero state. One object serves one thread.
 */
public final class LossTask implements RangeTask {
  private static final int LANES = SequenceBatch.LANES;
  private static final int MOST_STEPS = 1 << 15; // held at a time, unless one sequence has more
  private static final int MOST_SEQUENCES = 1 << 10;

  private final List<Shard> shards;
  private final int totalShards;
  private final LossWindows windows;
  private final PieceByPiece pieces;

  /**
   * A task over consecutive shards.
   *
   * @param shards at least one
   * @param totalShards shards of the whole part
   */
  public LossTask(NetworkSpec spec, List<Shard> shards, int totalShards, LossWindows windows) {
    this.shards = List.copyOf(shards);
    this.totalShards = totalShards;
    this.windows = windows;
    pieces = new PieceByPiece(spec);
  }

  @Override
  public StepResult run(PackedWeights weights, StepRequest request) {
    long start = System.nanoTime();
    ReductionTree tree = new ReductionTree(totalShards);
    Optional<NonFinite> nonFinite = Optional.empty();
    int sequences = 0;
    for (Shard shard : shards) {
      LossSum sum = new LossSum();
      score(weights, shard.data(), sum);
      if (nonFinite.isEmpty() && !sum.isFinite()) {
        nonFinite = Optional.of(new NonFinite(shard.id(), "the loss"));
      }
      tree.add(shard.id(), sum.toGradient());
      sequences += shard.sequences();
    }
    return new StepResult(
        request.runId(),
        request.step(),
        request.weights(),
        shards.get(0).id(),
        shards.size(),
        tree.nodes(),
        Optional.empty(),
        nonFinite,
        sequences,
        System.nanoTime() - start);
  }

  private void score(PackedWeights weights, ShardData data, LossSum sum) {
    if (windows.areWhole()) {
      scoreWhole(weights, data, sum);
    } else {
      scoreCut(weights, data, sum);
    }
  }

  private static void add(LossSum sum, Bptt bptt) {
    for (int lane = 0; lane < LANES; lane++) {
      sum.add(bptt.laneLoss(lane));
      sum.addWeight(bptt.laneWeight(lane));
    }
    sum.addTargets(bptt.targets(0));
  }

  /** Sequences need not be held: of each a piece is read at a time. */
  private void scoreWhole(PackedWeights weights, ShardData data, LossSum sum) {
    for (int slot = 0; slot < data.slots(); slot += LANES) {
      for (int rank = 0; rank < data.size(slot); rank++) { // no later slot has more
        pieces.run(weights, new Ranks(data, slot, rank), (bptt, batch) -> add(sum, bptt));
      }
    }
  }

  /** The sequences of a rank in a block's slots. */
  private record Ranks(ShardData data, int slot, int rank) implements PieceByPiece.Lanes {
    @Override
    public int count() {
      int count = 0;
      while (count < LANES && slot + count < data.slots() && data.size(slot + count) > rank) {
        count++;
      }
      return count;
    }

    @Override
    public int steps(int lane) {
      return data.length(slot + lane, rank);
    }

    @Override
    public void put(SequenceBatch batch, int lane, int from, int steps) {
      data.put(batch, lane, slot + lane, rank, from, steps);
    }
  }

  private void scoreCut(PackedWeights weights, ShardData data, LossSum sum) {
    List<Window> some = new ArrayList<>();
    long steps = 0;
    for (int slot = 0; slot < data.slots(); slot++) {
      for (int rank = 0; rank < data.size(slot); rank++) {
        some.add(data.window(slot, rank));
        steps += data.length(slot, rank);
        if (steps >= MOST_STEPS || some.size() == MOST_SEQUENCES) {
          scoreCut(weights, some, sum);
          some.clear();
          steps = 0;
        }
      }
    }
    scoreCut(weights, some, sum);
  }

  private void scoreCut(PackedWeights weights, List<Window> whole, LossSum sum) {
    WindowBlocks cut = windows.of(WindowBlocks.of(whole));
    for (int block = 0; block < cut.blocks(); block++) {
      pieces.run(weights, new WindowLanes(cut.block(block)), (bptt, batch) -> add(sum, bptt));
    }
  }
}
