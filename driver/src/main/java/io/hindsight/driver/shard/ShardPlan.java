package io.hindsight.driver.shard;

import io.hindsight.datasets.IdOrder;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * Which sequence lives in which slot, and which slots make a shard: a function of the configuration
 * and the data, never of cores or partitions.
 *
 * <p>The sequence of rank r in the order of ids lives in slot r mod batch. Eight slots make a lane
 * block, the unit of the kernels; a shard is one or more whole blocks. Where there are fewer
 * sequences than slots, blocks and shards without any are left out: their sums would be zeros at
 * the end of the reduction tree, which change no bit.
 */
public final class ShardPlan {
  /** Most shards that are made unless a number is given. */
  public static final int MOST_AUTOMATIC_SHARDS = 64;

  private final int batch;
  private final int blocks;
  private final int window;
  private final List<Shard> shards;
  private final long[] work; // [shards]
  private final long stepsPerEpoch;
  private final int sequences;

  private ShardPlan(
      int batch,
      int blocks,
      int window,
      List<Shard> shards,
      long[] work,
      long steps,
      int sequences) {
    this.batch = batch;
    this.blocks = blocks;
    this.window = window;
    this.shards = shards;
    this.work = work;
    this.stepsPerEpoch = steps;
    this.sequences = sequences;
  }

  /**
   * Plans a training part.
   *
   * @param sequences the training part, in any order
   * @param batch slots of the minibatch
   * @param shards logical shards; absent is one per block, at most 64
   * @param window steps of a carried window; {@link WindowSchedule#WHOLE} for whole sequences
   * @throws IllegalArgumentException if there are more shards than blocks, or two equal ids
   */
  public static ShardPlan of(List<Sequence> sequences, int batch, OptionalInt shards, int window) {
    int blocks = SequenceBatch.blocksFor(batch);
    int count = shards.orElse(Math.min(blocks, MOST_AUTOMATIC_SHARDS));
    if (count < 1 || count > blocks) {
      throw new IllegalArgumentException(
          "%d shards for a batch of %d: a shard is at least one block of %d sequences, so use 1 to %d"
              .formatted(count, batch, SequenceBatch.LANES, blocks));
    }
    List<List<Sequence>> slots = dealToSlots(sequences, batch);
    int used = SequenceBatch.blocksFor(slots.size());
    List<Shard> planned = new ArrayList<>();
    LongStream.Builder work = LongStream.builder();
    for (int id = 0; id < count && firstBlock(id, blocks, count) < used; id++) {
      int first = firstBlock(id, blocks, count);
      int end = Math.min(used, firstBlock(id + 1, blocks, count));
      int lastSlot = Math.min(slots.size(), end * SequenceBatch.LANES);
      List<List<Sequence>> own = slots.subList(first * SequenceBatch.LANES, lastSlot);
      planned.add(new Shard(id, first, end - first, own));
      work.add(ShardWork.of(own, window));
    }
    long steps = 0;
    for (List<Sequence> slot : slots) {
      steps = Math.max(steps, WindowSchedule.windows(slot, window));
    }
    return new ShardPlan(
        batch, used, window, planned, work.build().toArray(), steps, sequences.size());
  }

  /** The first block of a shard, of {@code count} that share all blocks of the minibatch. */
  private static int firstBlock(int shard, int blocks, int count) {
    return (int) ((long) shard * blocks / count);
  }

  /** The sequences of each slot that has any, by rank; one empty slot if there is no sequence. */
  private static List<List<Sequence>> dealToSlots(List<Sequence> sequences, int batch) {
    List<Sequence> ranked = new ArrayList<>(sequences);
    ranked.sort(Comparator.comparing(Sequence::id, IdOrder.UTF_8));
    List<List<Sequence>> slots = new ArrayList<>();
    int used = Math.max(1, Math.min(batch, ranked.size()));
    for (int slot = 0; slot < used; slot++) {
      slots.add(new ArrayList<>());
    }
    for (int rank = 0; rank < ranked.size(); rank++) {
      if (rank > 0 && ranked.get(rank).id().equals(ranked.get(rank - 1).id())) {
        throw new IllegalArgumentException("two sequences have the id " + ranked.get(rank).id());
      }
      slots.get(rank % batch).add(ranked.get(rank));
    }
    return slots;
  }

  /** Slots of the minibatch. */
  public int batch() {
    return batch;
  }

  /** NB: lane blocks of the minibatch that have sequences; at least 1. */
  public int blocks() {
    return blocks;
  }

  /** Steps of a carried window; {@link WindowSchedule#WHOLE} for whole sequences. */
  public int window() {
    return window;
  }

  /** The shards by id. */
  public List<Shard> shards() {
    return shards;
  }

  /** Steps until every window of every sequence was used once. */
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** Sequences of the training part. */
  public int sequences() {
    return sequences;
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
