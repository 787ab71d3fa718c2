package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Panels;

/** The product with a one-hot vector, without the product: a token selects a row of weights. */
final class TokenRows {
  private static final int LANES = SequenceBatch.LANES;

  private TokenRows() {}

  /** z = b + W[:, token] of every lane; a lane past its window takes the row of token 0. */
  static void gather(
      PackedLayer w, LayerWorkspace s, SequenceBatch batch, Panels panels, int first, int count) {
    int blocks = batch.blocks();
    for (int i = first; i < first + count; i++) {
      int t = panels.get(i) / blocks;
      int block = panels.get(i) % blocks;
      int z = s.gatesAt(t, block);
      for (int lane = 0; lane < LANES; lane++) {
        int token = Math.max(0, tokenAt(batch, block * LANES + lane, t));
        copyRow(w.inputRows(), w.tokenRows, token * w.inputRows(), s.gates, z + lane);
      }
    }
  }

  private static void copyRow(int rows, double[] table, int from, double[] z, int to) {
    for (int row = 0; row < rows; row++) {
      z[to + row * LANES] = table[from + row];
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
