package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;

/**
 * The tokens of the batch's sequences. The product with a one-hot vector needs no product: a token
 * selects a row of weights.
 */
final class BatchTokens implements LayerInput {
  private static final int LANES = SequenceBatch.LANES;

  private final double[][] tables = new double[LANES][]; // the same table for each lane
  private final int[] from = new int[LANES]; // where each lane's row starts in it

  @Override
  public int rows() {
    return 0;
  }

  /** Nothing: there is no x_t. */
  @Override
  public boolean wantsGradients() {
    return false;
  }

  @Override
  public void load(WindowPanels window, PanelView x) {}

  /**
   * z = b + W[:, token] of every lane; z = b of one that reads no token or is past its window.
   *
   * @param first of the window's panels
   * @param z panels whose first rows are those that W feeds
   */
  void gather(PackedRecurrent w, WindowPanels window, int first, int count, PanelView z) {
    Arrays.fill(tables, w.tokenRows);
    Panels panels = window.all();
    for (int i = first; i < first + count; i++) {
      int panel = panels.get(i);
      int t = window.step(panel);
      int lanes = window.block(panel) * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        int token = tokenAt(window, lanes + lane, t);
        from[lane] = token == Sequence.NO_TOKEN ? w.noToken() : token * w.inputRows();
      }
      Lanes.gather(w.inputRows(), tables, from, z.array(), z.at(panel));
    }
  }

  /** The token that a lane reads at step t; {@link Sequence#NO_TOKEN} past its window, too. */
  static int tokenAt(WindowPanels window, int lane, int t) {
    SequenceBatch batch = window.batch();
    if (t >= batch.length(lane)) {
      return Sequence.NO_TOKEN;
    }
    return batch.sequence(lane).tokens()[batch.start(lane) + window.stepRead(lane, t)];
  }
}
