package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.SequenceBatch;
import java.util.stream.IntStream;

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
   * @param batch slots of the minibatch
   * @param from the shard's first slot
   * @param to slot after its last one
   * @param windows how sequences are taken piece by piece
   */
  static long of(SequenceIndex index, int batch, int from, int to, CarriedWindows windows) {
    long work = 0;
    for (int first = from; first < to; first += SequenceBatch.LANES) {
      int end = Math.min(to, first + SequenceBatch.LANES);
      work +=
          ofBlock(
              IntStream.range(first, end)
                  .mapToObj(slot -> new Cursor(index, slot, batch, windows))
                  .toArray(Cursor[]::new));
    }
    return Math.max(1, work);
  }

  private static long ofBlock(Cursor[] lanes) {
    long work = 0;
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
    private final SequenceIndex index;
    private final int batch;
    private final CarriedWindows windows;
    private long rank;
    private int next; // window of its sequence

    Cursor(SequenceIndex index, int slot, int batch, CarriedWindows windows) {
      this.index = index;
      this.batch = batch;
      this.windows = windows;
      rank = slot;
    }

    /** Steps of the next window; 0 after the last. */
    int next() {
      if (rank >= index.size()) {
        return 0;
      }
      int whole = index.length((int) rank);
      int length = windows.end(next, whole) - windows.start(next);
      next++;
      if (next == windows.count(whole)) {
        rank += batch;
        next = 0;
      }
      return length;
    }
  }
}
