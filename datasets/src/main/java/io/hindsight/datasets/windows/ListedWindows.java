package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.List;

/** Windows of a list. */
record ListedWindows(List<Window> windows) implements WindowBlocks {
  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public List<Window> block(int block) {
    int from = block * SequenceBatch.LANES;
    int to = Math.min(windows.size(), from + SequenceBatch.LANES);
    return List.copyOf(windows.subList(from, to));
  }
}
