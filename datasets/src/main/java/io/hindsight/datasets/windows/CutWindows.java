package io.hindsight.datasets.windows;

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
    WindowParts parts = whole.parts();
    for (int i = block * LANES; i < Math.min(size(), (block + 1) * LANES); i++) {
      int at = i * NUMBERS;
      windows.add(parts.part(cuts[at], cuts[at + 1], cuts[at + 2], cuts[at + 3]));
    }
    return windows;
  }

  /** Whether some step from one on, before another, is scored. */
  interface Scored {
    boolean isAny(int from, int to);
  }

  /** Collects cuts, sequence by sequence. */
  static final class Builder {
    private final IntStream.Builder cuts = IntStream.builder();
    private final int window;
    private final int stride;
    private int place; // of the next sequence among the whole ones

    Builder(int window, int stride) {
      this.window = window;
      this.stride = stride;
    }

    /** Cuts the next sequence. */
    void add(int length, int scoredFrom, Scored scored) {
      int next = scoredFrom;
      while (next < length) {
        int start = Math.toIntExact(Windows.startOfScoring(next, window, stride));
        int end = Math.min(length, start + window);
        if (scored.isAny(next, end)) {
          cuts.add(place).add(start).add(end - start).add(next - start);
        }
        next = end;
      }
      place++;
    }

    CutWindows of(WindowBlocks whole) {
      return new CutWindows(whole, cuts.build().toArray());
    }
  }
}
