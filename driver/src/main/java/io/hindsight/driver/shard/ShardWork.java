package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import java.util.List;

/**
 * What an epoch of a shard costs, in steps of a lane block.
 *
 * <p>A block is computed as long as the longest of its eight windows, so the cost of skewed lengths
 * is neither the number of targets nor the sum of the lengths: one long stream beside seven short
 * ones costs as much as eight long ones. The order within a slot is another in every epoch; taken
 * by rank it is as good a sample as any.
 */
final class ShardWork {
  private ShardWork() {}

  /**
   * The cost of a shard, at least 1.
   *
   * @param slots the sequences of each of its slots, by rank
   * @param window steps of a carried window, or {@link WindowSchedule#WHOLE}
   */
  static long of(List<List<Sequence>> slots, int window) {
    long work = 0;
    for (int first = 0; first < slots.size(); first += SequenceBatch.LANES) {
      int end = Math.min(slots.size(), first + SequenceBatch.LANES);
      work += ofBlock(slots.subList(first, end), window);
    }
    return Math.max(1, work);
  }

  private static long ofBlock(List<List<Sequence>> slots, int window) {
    long work = 0;
    Cursor[] lanes = slots.stream().map(slot -> new Cursor(slot, window)).toArray(Cursor[]::new);
    int longest;
    do {
      longest = 0;
      for (Cursor lane : lanes) {
        longest = Math.max(longest, lane.next());
      }
      work += longest;
    } while (longest > 0);
    return work;
  }

  /** The windows of a slot, one after the other. */
  private static final class Cursor {
    private final List<Sequence> slot;
    private final int window;
    private int rank;
    private int start; // of the next window within its sequence

    Cursor(List<Sequence> slot, int window) {
      this.slot = slot;
      this.window = window;
    }

    /** Steps of the next window; 0 after the last. */
    int next() {
      if (rank == slot.size()) {
        return 0;
      }
      int length = Math.min(window, slot.get(rank).length() - start);
      start += length;
      if (start == slot.get(rank).length()) {
        rank++;
        start = 0;
      }
      return length;
    }
  }
}
