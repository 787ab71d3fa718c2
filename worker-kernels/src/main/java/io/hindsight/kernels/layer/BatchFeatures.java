package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/** The feature vectors of the batch's sequences. */
final class BatchFeatures implements LayerInput {
  private static final int LANES = SequenceBatch.LANES;

  private final double[] zeros; // (I)
  private final double[][] features = new double[LANES][]; // what each lane's x_t is read from
  private final int[] from = new int[LANES];

  /** Of I features. */
  BatchFeatures(int inputs) {
    zeros = new double[inputs];
  }

  @Override
  public int rows() {
    return zeros.length;
  }

  @Override
  public boolean wantsGradients() {
    return false;
  }

  @Override
  public void load(WindowPanels window, PanelView x) {
    Panels panels = window.all();
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      select(window, window.step(panel), window.block(panel));
      Lanes.gather(zeros.length, features, from, x.array(), x.at(panel));
    }
  }

  private void select(WindowPanels window, int t, int block) {
    SequenceBatch batch = window.batch();
    for (int lane = 0; lane < LANES; lane++) {
      int global = block * LANES + lane;
      boolean valid = t < batch.length(global);
      features[lane] = valid ? batch.sequence(global).features() : zeros;
      from[lane] = valid ? (batch.start(global) + window.stepRead(global, t)) * zeros.length : 0;
    }
  }
}
