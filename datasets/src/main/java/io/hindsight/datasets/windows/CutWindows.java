package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Windows that sequences were cut into: the places of the cuts, four numbers each, beside sequences
 * that are asked for when a block is.
 */
final class CutWindows implements WindowBlocks {
  private static final int LANES = SequenceBatch.LANES;
  private static final int NUMBERS = 4; // of a window: place of its sequence, start, steps, scored

  private final WindowBlocks whole;
  private final int[] cuts; // (windows, 4)

  private CutWindows(WindowBlocks whole, int[] cuts) {
    this.whole = whole;
    this.cuts = cuts;
  }

  @Override
  public int size() {
    return cuts.length / NUMBERS;
  }

  @Override
  public List<Window> block(int block) {
    List<Window> windows = new ArrayList<>(LANES);
    int held = -1;
    Sequence sequence = null;
    for (int i = block * LANES; i < Math.min(size(), (block + 1) * LANES); i++) {
      int place = cuts[i * NUMBERS];
      if (place != held) {
        held = place;
        sequence = whole.window(place).sequence();
      }
      windows.add(window(sequence, i * NUMBERS));
    }
    return windows;
  }

  private Window window(Sequence sequence, int at) {
    return new Window(sequence, cuts[at + 1], cuts[at + 2], cuts[at + 3], true);
  }

  /** Collects cuts, in the order of the windows. */
  static final class Builder {
    private final IntStream.Builder cuts = IntStream.builder();

    /** Adds a window of the sequence at a place among the whole ones. */
    void add(int place, int start, int steps, int scoredFrom) {
      cuts.add(place).add(start).add(steps).add(scoredFrom);
    }

    CutWindows of(WindowBlocks whole) {
      return new CutWindows(whole, cuts.build().toArray());
    }
  }
}
