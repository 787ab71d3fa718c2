package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.List;

/** Sequences as objects. */
final class HeapSequences implements ShardData {
  private final Sequence[][] slots; // [slots][sequences of the slot, by rank]

  HeapSequences(List<List<Sequence>> slots) {
    this.slots = new Sequence[slots.size()][];
    for (int slot = 0; slot < this.slots.length; slot++) {
      this.slots[slot] = slots.get(slot).toArray(new Sequence[0]);
    }
  }

  @Override
  public int slots() {
    return slots.length;
  }

  @Override
  public int size(int slot) {
    return slots[slot].length;
  }

  @Override
  public int length(int slot, int rank) {
    return slots[slot][rank].length();
  }

  @Override
  public Window window(int slot, int rank) {
    return Window.whole(slots[slot][rank]);
  }

  @Override
  public void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps) {
    batch.set(lane, slots[slot][rank], start, steps);
  }
}
