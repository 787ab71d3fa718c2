package io.hindsight.driver.replay;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.WindowSchedule;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.batch.SequenceBatch;
import java.util.List;
import java.util.stream.IntStream;

/** What the lanes of a minibatch have in the next step of a state, whatever engine computes it. */
final class StepLanes {
  private StepLanes() {}

  /** Of some shards of a plan: the lanes that are not empty. */
  static List<LaneJson> of(List<Shard> shards, long seed, ShardPlan plan, TrainingState state) {
    SequenceBatch batch = new SequenceBatch(plan.blocks());
    for (Shard shard : shards) {
      new WindowSchedule(shard, seed, state.epoch(), plan.windows())
          .fill(batch, state.stepInEpoch(), shard.firstBlock() * SequenceBatch.LANES);
    }
    return IntStream.range(0, batch.lanes())
        .filter(lane -> batch.length(lane) > 0)
        .mapToObj(lane -> LaneJson.of(batch, lane))
        .toList();
  }
}
