package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.Panels;
import java.util.Arrays;

/** The product with a one-hot vector, without the product: a token selects a row of weights. */
final class TokenRows {
  private static final int LANES = SequenceBatch.LANES;

  private final double[][] tables = new double[LANES][]; // the same table for each lane
  private final int[] from = new int[LANES]; // where each lane's row starts in it

  /** z = b + W[:, token] of every lane; a lane past its window takes the row of token 0. */
  void gather(
      PackedLayer w, LayerWorkspace s, SequenceBatch batch, Panels panels, int first, int count) {
    Arrays.fill(tables, w.tokenRows);
    int blocks = batch.blocks();
    for (int i = first; i < first + count; i++) {
      int t = panels.get(i) / blocks;
      int block = panels.get(i) % blocks;
      for (int lane = 0; lane < LANES; lane++) {
        from[lane] = Math.max(0, tokenAt(batch, block * LANES + lane, t)) * w.inputRows();
      }
      Lanes.gather(w.inputRows(), tables, from, s.gates, s.gatesAt(t, block));
    }
  }

  /** The token of a lane at step t; −1 past its window. */
  static int tokenAt(SequenceBatch batch, int lane, int t) {
    if (t >= batch.length(lane)) {
      return -1;
    }
    return batch.sequence(lane).tokens()[batch.start(lane) + t];
  }
}
