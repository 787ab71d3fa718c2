package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * Which sequence lives in which slot, and which slots make a shard: a function of the configuration
 * and of the sequences' lengths, never of cores or partitions. It holds no data: each shard has its
 * own from a {@link ShardData.Source}.
 *
 * <p>The sequence of rank r in the order of ids lives in slot r mod batch. Eight slots make a lane
 * block, the unit of the kernels; a shard is one or more whole blocks. Where there are fewer
 * sequences than slots, blocks and shards without any are left out: their sums would be zeros at
 * the end of the reduction tree, which change no bit.
 */
public final class ShardPlan {
  /** Most shards that are made unless a number is given. */
  public static final int MOST_AUTOMATIC_SHARDS = 64;

  private final SequenceIndex index;
  private final int batch;
  private final int blocks;
  private final CarriedWindows windows;
  private final List<Shard> shards;
  private final long[] work; // [shards]
  private final long stepsPerEpoch;

  private ShardPlan(
      SequenceIndex index,
      int batch,
      int blocks,
      CarriedWindows windows,
      List<Shard> shards,
      long[] work) {
    this.index = index;
    this.batch = batch;
    this.blocks = blocks;
    this.windows = windows;
    this.shards = shards;
    this.work = work;
    stepsPerEpoch = stepsPerEpoch(index, batch, windows);
  }

  /**
   * Plans a training part.
   *
   * @param index of the training part
   * @param source of the shards' data
   * @param batch slots of the minibatch
   * @param shards logical shards; absent is one per block, at most 64
   * @param windows how sequences are taken piece by piece
   * @throws IllegalArgumentException if there are more shards than blocks
   */
  public static ShardPlan of(
      SequenceIndex index,
      ShardData.Source source,
      int batch,
      OptionalInt shards,
      CarriedWindows windows) {
    int blocks = SequenceBatch.blocksFor(batch);
    int count = shards.orElse(Math.min(blocks, MOST_AUTOMATIC_SHARDS));
    if (count < 1 || count > blocks) {
      throw new IllegalArgumentException(
          "%d shards for a batch of %d: a shard is at least one block of %d sequences, so use 1 to %d"
              .formatted(count, batch, SequenceBatch.LANES, blocks));
    }
    int slots = Math.max(1, Math.min(batch, index.size()));
    int used = SequenceBatch.blocksFor(slots);
    List<Shard> planned = new ArrayList<>();
    LongStream.Builder work = LongStream.builder();
    for (int id = 0; id < count && firstBlock(id, blocks, count) < used; id++) {
      int first = firstBlock(id, blocks, count);
      int end = Math.min(used, firstBlock(id + 1, blocks, count));
      int firstSlot = first * SequenceBatch.LANES;
      int endSlot = Math.min(slots, end * SequenceBatch.LANES);
      planned.add(new Shard(id, first, end - first, source.slots(batch, firstSlot, endSlot)));
      work.add(ShardWork.of(index, batch, firstSlot, endSlot, windows));
    }
    return new ShardPlan(index, batch, used, windows, planned, work.build().toArray());
  }

  /** The first block of a shard, of {@code count} that share all blocks of the minibatch. */
  private static int firstBlock(int shard, int blocks, int count) {
    return (int) ((long) shard * blocks / count);
  }

  /** The windows of the slot that has most. */
  private static long stepsPerEpoch(SequenceIndex index, int batch, CarriedWindows windows) {
    long most = 0;
    for (int slot = 0; slot < Math.min(batch, index.size()); slot++) {
      long count = 0;
      for (long rank = slot; rank < index.size(); rank += batch) {
        count += windows.count(index.length((int) rank));
      }
      most = Math.max(most, count);
    }
    return most;
  }

  /** Slots of the minibatch. */
  public int batch() {
    return batch;
  }

  /** NB: lane blocks of the minibatch that have sequences; at least 1. */
  public int blocks() {
    return blocks;
  }

  /** How sequences are taken piece by piece. */
  public CarriedWindows windows() {
    return windows;
  }

  /** The shards by id. */
  public List<Shard> shards() {
    return shards;
  }

  /** Steps until every window of every sequence was used once. */
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** The sequences of the training part. */
  public SequenceIndex index() {
    return index;
  }

  /** How many sequences the training part has. */
  public int sequences() {
    return index.size();
  }

  /** What an epoch of a shard costs, in steps of a lane block. */
  public long work(int shard) {
    return work[shard];
  }

  /**
   * The shards as contiguous runs, one per task, so that the run with most work has as little as
   * can be.
   *
   * @param tasks wished number; there are never more runs than shards
   */
  public List<List<Shard>> split(int tasks) {
    int[] cuts = ContiguousRuns.cuts(work, Math.max(1, Math.min(tasks, shards.size())));
    List<List<Shard>> split = new ArrayList<>();
    for (int run = 0; run + 1 < cuts.length; run++) {
      split.add(new ArrayList<>(shards.subList(cuts[run], cuts[run + 1])));
    }
    return split;
  }
}
