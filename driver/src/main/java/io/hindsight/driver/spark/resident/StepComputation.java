package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.placement.HeldShards;
import io.hindsight.driver.spark.placement.ShardSource;
import io.hindsight.driver.step.RangeTask;
import io.hindsight.driver.step.ResultMerger;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Parameters;

/**
 * What a worker computes with: its shards, and the step's weights, packed once for all tasks.
 *
 * <p>A step begins only when no piece of the one before is being computed.
 */
final class StepComputation {
  private final ShardSource source;
  private final HeldShards gradients;
  private final HeldShards losses;
  private HeldShards held; // those that the step is about
  private PackedWeights packed; // made for the first step
  private StepRequest request;
  private Parameters unpacked; // to be packed by the first task of the step; null when done
  private long step = -1;

  /**
   * An empty one.
   *
   * @param source tells what is to be done with shards
   * @param link by which they come
   */
  StepComputation(ShardSource source, DriverLink link) {
    this.source = source;
    gradients =
        new HeldShards(
            0, link::shard, source::task, new ResultMerger(source.spec(), source.shards()));
    losses =
        new HeldShards(
            source.shards(),
            link::shard,
            source::lossTask,
            new ResultMerger(source.spec(), source.lossShards()));
    held = gradients;
  }

  /** The step whose weights are here; −1 before the first. */
  synchronized long step() {
    return step;
  }

  /** Merges the step's results. */
  synchronized ResultMerger merger() {
    return held.merger();
  }

  /** Takes over a step's weights, if they come along, and forgets workspaces no longer needed. */
  synchronized void begin(PollReply.Work work) {
    work.input()
        .ifPresent(
            input -> {
              request = input.request();
              unpacked = input.parameters();
              step = work.step();
              held = request.isLoss() ? losses : gradients;
              held.keepOnly(work.ranges());
            });
  }

  /**
   * Computes a piece of the step.
   *
   * @return valid until the next step
   */
  StepResult compute(ShardRange piece) throws Exception {
    HeldShards of = held();
    RangeTask task = of.take(piece);
    StepResult result = task.run(packed(), request);
    of.giveBack(piece, task);
    return result;
  }

  private synchronized HeldShards held() {
    return held;
  }

  private synchronized PackedWeights packed() {
    if (packed == null) {
      packed = new PackedWeights(source.spec());
    }
    if (unpacked != null) {
      packed.pack(unpacked);
      unpacked = null;
    }
    return packed;
  }
}
