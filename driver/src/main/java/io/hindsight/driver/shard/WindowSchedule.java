package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.random.CounterRandom;

/**
 * The windows of one shard in one epoch: a pure function of (shard, seed, epoch, windows).
 *
 * <p>A permutation of the shard's sequences, keyed by (seed, epoch, shard), gives the order in
 * which each slot takes its own sequences; a sequence is used window after window before the next
 * begins. A slot that runs out stays empty until the epoch ends.
 */
public final class WindowSchedule {
  private final Shard shard;
  private final CarriedWindows windows;
  private final long epoch;
  private final int[][] order; // [slot][position] → rank within the slot
  private final long[][] firstWindow; // [slot][position] → windows before it, and the total

  /**
   * Computes the order of an epoch.
   *
   * @param windows how sequences are taken piece by piece
   */
  public WindowSchedule(Shard shard, long seed, long epoch, CarriedWindows windows) {
    this.shard = shard;
    this.windows = windows;
    this.epoch = epoch;
    order = order(shard, seed, epoch);
    firstWindow = new long[order.length][];
    for (int slot = 0; slot < order.length; slot++) {
      firstWindow[slot] = new long[order[slot].length + 1];
      for (int position = 0; position < order[slot].length; position++) {
        int length = shard.data().length(slot, order[slot][position]);
        firstWindow[slot][position + 1] = firstWindow[slot][position] + windows.count(length);
      }
    }
  }

  /** The epoch it belongs to. */
  public long epoch() {
    return epoch;
  }

  /**
   * Puts the windows of a step into a batch.
   *
   * @param step step within the epoch
   * @param firstLane lane of the batch that the shard's first slot takes
   */
  public void fill(SequenceBatch batch, long step, int firstLane) {
    for (int slot = 0; slot < order.length; slot++) {
      int position = position(slot, step);
      if (position >= 0) {
        int window = (int) (step - firstWindow[slot][position]);
        fill(batch, firstLane + slot, slot, order[slot][position], window);
      }
    }
  }

  private void fill(SequenceBatch batch, int lane, int slot, int rank, int i) {
    int length = shard.data().length(slot, rank);
    int start = windows.start(i);
    shard.data().put(batch, lane, slot, rank, start, windows.end(i, length) - start);
    batch.overlap(lane, windows.firstNew(i) - start, windows.handsOnBefore(i, length) - start);
  }

  /**
   * The position in the slot's order whose windows contain the step; −1 if the slot has run out.
   */
  private int position(int slot, long step) {
    long[] first = firstWindow[slot];
    int low = 0;
    int high = first.length - 1;
    if (step >= first[high]) {
      return -1;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (first[middle] <= step) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Each slot's ranks in the order of one permutation of all the shard's sequences. */
  private static int[][] order(Shard shard, long seed, long epoch) {
    CounterRandom random =
        CounterRandom.of(seed, CounterRandom.Purpose.EPOCH_ORDER, epoch, shard.id());
    int[] slotOf = new int[shard.sequences()];
    int[] rankOf = new int[slotOf.length];
    int[][] order = new int[shard.slots()][];
    int next = 0;
    for (int slot = 0; slot < order.length; slot++) {
      order[slot] = new int[shard.size(slot)];
      for (int rank = 0; rank < order[slot].length; rank++, next++) {
        slotOf[next] = slot;
        rankOf[next] = rank;
      }
    }
    int[] filled = new int[order.length];
    for (int index : random.permutation(slotOf.length)) {
      int slot = slotOf[index];
      order[slot][filled[slot]++] = rankOf[index];
    }
    return order;
  }
}
