package io.hindsight.driver.replay;

import io.hindsight.driver.config.TrainingConfig.Minibatch;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.SequenceIndex;
import io.hindsight.driver.shard.ShardData;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;

/** The minibatch of one step as shards, in which each slot has one window or none. */
final class ReplayedShards {
  private final LaneJson[] slots; // null where a slot is empty

  private ReplayedShards(LaneJson[] slots) {
    this.slots = slots;
  }

  /** NB of the minibatch. */
  static int blocks(ReplayFolder folder) {
    return SequenceBatch.blocksFor(Math.max(1, folder.slots()));
  }

  /** The shards that the step had. */
  static ShardPlan plan(ReplayFolder folder, Minibatch minibatch) {
    LaneJson[] slots = new LaneJson[folder.slots()];
    for (LaneJson lane : folder.lanes()) {
      if (lane.lane() >= slots.length || slots[lane.lane()] != null) {
        throw new ModelException(
            Kind.CORRUPT,
            "a minibatch of %d slots must have each lane at most once, but has lane %d"
                .formatted(slots.length, lane.lane()));
      }
      slots[lane.lane()] = lane;
    }
    int[] lengths = Arrays.stream(slots).mapToInt(s -> s == null ? 1 : s.steps()).toArray();
    ReplayedShards shards = new ReplayedShards(slots);
    return ShardPlan.of(
        new SequenceIndex(lengths, 0, true),
        (batch, from, to) -> shards.new Slots(from, to),
        minibatch.batch(),
        minibatch.shards(),
        CarriedWindows.WHOLE);
  }

  /** Some of the slots. */
  private final class Slots implements ShardData {
    private final int from;
    private final int to;

    Slots(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public int slots() {
      return to - from;
    }

    @Override
    public int size(int slot) {
      return slots[from + slot] == null ? 0 : 1;
    }

    @Override
    public int length(int slot, int rank) {
      return slots[from + slot].steps();
    }

    @Override
    public Window window(int slot, int rank) {
      return slots[from + slot].window();
    }

    @Override
    public void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps) {
      slots[from + slot].put(batch, lane);
    }
  }
}
