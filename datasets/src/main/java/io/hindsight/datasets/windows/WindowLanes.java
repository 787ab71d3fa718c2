package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.PieceByPiece;
import java.util.List;

/**
 * The windows of a block in its lanes.
 *
 * @param windows eight, or fewer
 */
public record WindowLanes(List<Window> windows) implements PieceByPiece.Lanes {
  @Override
  public int count() {
    return windows.size();
  }

  @Override
  public int steps(int lane) {
    return windows.get(lane).steps();
  }

  @Override
  public void put(SequenceBatch batch, int lane, int from, int steps) {
    batch.set(lane, windows.get(lane), from, steps);
  }
}
