package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.Panels;
import java.util.Arrays;

/** The product with a one-hot vector, without the product: a token selects a row of weights. */
final class TokenRows {
  private static final int LANES = SequenceBatch.LANES;

  private final double[][] tables = new double[LANES][]; // the same table for each lane
  private final int[] from = new int[LANES]; // where each lane's row starts in it

  /** z = b + W[:, token] of every lane; z = b of one that reads no token or is past its window. */
  void gather(
      PackedLayer w, LayerWorkspace s, SequenceBatch batch, Panels panels, int first, int count) {
    Arrays.fill(tables, w.tokenRows);
    int blocks = batch.blocks();
    for (int i = first; i < first + count; i++) {
      int t = panels.get(i) / blocks;
      int block = panels.get(i) % blocks;
      for (int lane = 0; lane < LANES; lane++) {
        int token = tokenAt(batch, block * LANES + lane, t);
        from[lane] = token == Sequence.NO_TOKEN ? w.noToken() : token * w.inputRows();
      }
      Lanes.gather(w.inputRows(), tables, from, s.gates, s.gatesAt(t, block));
    }
  }

  /** The token of a lane at step t; {@link Sequence#NO_TOKEN} past its window, too. */
  static int tokenAt(SequenceBatch batch, int lane, int t) {
    if (t >= batch.length(lane)) {
      return Sequence.NO_TOKEN;
    }
    return batch.sequence(lane).tokens()[batch.start(lane) + t];
  }
}
