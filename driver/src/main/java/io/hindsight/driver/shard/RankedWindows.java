package io.hindsight.driver.shard;

import io.hindsight.datasets.windows.WindowOrder;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A training part on the heap of this process, in the order of its ids. */
public final class RankedWindows implements ShardData.Source {
  private final List<Window> ranked;

  private RankedWindows(List<Window> ranked) {
    this.ranked = ranked;
  }

  /**
   * Ranks sequences.
   *
   * @param windows in any order; not copied if that of their ids
   * @throws IllegalArgumentException if there are two equal ids
   */
  public static RankedWindows of(List<Window> windows) {
    if (isRanked(windows)) {
      return new RankedWindows(windows);
    }
    List<Window> sorted = new ArrayList<>(windows);
    sorted.sort(WindowOrder.BY_ID);
    isRanked(sorted);
    return new RankedWindows(sorted);
  }

  /** Whether each id is before the next. */
  private static boolean isRanked(List<Window> windows) {
    Window before = null;
    for (Window window : windows) {
      int order = before == null ? -1 : WindowOrder.BY_ID.compare(before, window);
      if (order == 0) {
        throw new IllegalArgumentException("two sequences have the id " + window.id());
      }
      if (order > 0) {
        return false;
      }
      before = window;
    }
    return true;
  }

  /**
   * Plans sequences, none of which is cut.
   *
   * @param sequences in any order
   * @throws IllegalArgumentException if there are two equal ids, or as {@link ShardPlan#of} does
   */
  public static ShardPlan plan(
      List<Sequence> sequences, int batch, OptionalInt shards, int window) {
    return of(Windows.whole(sequences)).plan(batch, shards, window);
  }

  /**
   * Plans these sequences, as {@link ShardPlan#of} does.
   *
   * @throws IllegalArgumentException as that does
   */
  public ShardPlan plan(int batch, OptionalInt shards, int window) {
    return ShardPlan.of(index(), this, batch, shards, window);
  }

  /** Their index. */
  public SequenceIndex index() {
    return SequenceIndex.of(ranked);
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
      return window(slot, rank).steps();
    }

    @Override
    public Window window(int slot, int rank) {
      return ranked.get(rank * batch + from + slot);
    }

    @Override
    public void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps) {
      batch.set(lane, window(slot, rank), start, steps);
    }
  }
}
