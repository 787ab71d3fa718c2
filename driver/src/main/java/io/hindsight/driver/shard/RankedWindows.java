package io.hindsight.driver.shard;

import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.datasets.windows.WindowList;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A training part in the order of its ids. */
public final class RankedWindows implements ShardData.Source {
  private static final int OBJECT_BYTES = 120; // of a sequence and its id, about

  private final WindowList ranked;

  private RankedWindows(WindowList ranked) {
    this.ranked = ranked;
  }

  /**
   * Ranks windows.
   *
   * @param windows in any order
   * @throws IllegalArgumentException if there are two equal ids
   */
  public static RankedWindows of(List<Window> windows) {
    return new RankedWindows(WindowList.of(windows).ranked());
  }

  /**
   * Plans sequences, none of which is cut.
   *
   * @param sequences in any order
   * @throws IllegalArgumentException if there are two equal ids, or as {@link ShardPlan#of} does
   */
  public static ShardPlan plan(
      List<Sequence> sequences, int batch, OptionalInt shards, CarriedWindows taken) {
    return of(Windows.whole(sequences)).plan(batch, shards, taken);
  }

  /**
   * Plans these sequences, as {@link ShardPlan#of} does.
   *
   * @throws IllegalArgumentException as that does
   */
  public ShardPlan plan(int batch, OptionalInt shards, CarriedWindows taken) {
    return ShardPlan.of(index(), this, batch, shards, taken);
  }

  /** Their index; of what a step takes, the first tells for all. */
  public SequenceIndex index() {
    int[] lengths = new int[ranked.size()];
    long steps = 0;
    for (int rank = 0; rank < lengths.length; rank++) {
      lengths[rank] = ranked.steps(rank);
      steps += lengths[rank];
    }
    long perStep = lengths.length == 0 ? 0 : bytesPerStep(ranked.part(0, 0, 1).sequence());
    long bytes = (long) OBJECT_BYTES * lengths.length + perStep * steps;
    return new SequenceIndex(lengths, bytes, ranked.isHeld());
  }

  private static long bytesPerStep(Sequence sequence) {
    long bytes = sequence.isTokens() ? Integer.BYTES : (long) Double.BYTES * sequence.width();
    if (sequence.classes() != null) {
      bytes += Integer.BYTES;
    }
    bytes += (long) Integer.BYTES * sequence.categoryWidth();
    bytes += sequence.weights() == null ? 0 : Double.BYTES;
    return bytes + (long) Double.BYTES * sequence.targetWidth();
  }

  @Override
  public ShardData slots(int batch, int from, int to) {
    return new Slots(batch, from, to);
  }

  /** Every {@code batch}-th of the windows lives in the same slot. */
  private final class Slots implements ShardData {
    private final int batch;
    private final int from;
    private final int to;

    Slots(int batch, int from, int to) {
      this.batch = batch;
      this.from = from;
      this.to = to;
    }

    @Override
    public int slots() {
      return to - from;
    }

    @Override
    public int size(int slot) {
      int first = from + slot;
      return first < ranked.size() ? (ranked.size() - 1 - first) / batch + 1 : 0;
    }

    @Override
    public int length(int slot, int rank) {
      return ranked.steps(place(slot, rank));
    }

    @Override
    public Window window(int slot, int rank) {
      return ranked.get(place(slot, rank));
    }

    @Override
    public Optional<SharedFiles> shared() {
      return ranked.shared();
    }

    @Override
    public StoredSteps stored(int slot, int rank) {
      return ranked.stored(place(slot, rank));
    }

    private int place(int slot, int rank) {
      return rank * batch + from + slot;
    }

    @Override
    public void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps) {
      int place = place(slot, rank);
      int first = Math.max(0, start - 1);
      int end = Math.min(ranked.steps(place), start + steps + 1);
      batch.set(lane, ranked.part(place, first, end), start - first, steps);
    }
  }
}
