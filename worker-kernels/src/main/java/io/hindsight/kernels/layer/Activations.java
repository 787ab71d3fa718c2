package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.PanelCopy;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/**
 * What a layer makes, and its gradient: for each step and block a panel {@code (rows, 8)}.
 *
 * <p>The layer that makes it says where the panels lie: the hidden state is a view of the {@code
 * [x; h]} that its own product reads. Whoever reads it sets the gradients, of all panels or of
 * some, and names those; the others have no gradient, whatever is there.
 */
public final class Activations implements LayerInput {
  private final int rows;
  private final boolean wantsGradients;
  private final PanelCopy copy = new PanelCopy();
  private PanelView values = new PanelView(new double[0], 0, 0); // (rows, 8)
  private PanelView gradients = values; // (rows, 8)
  private Panels gradientPanels = new Panels(0);

  /**
   * Of this many rows, without a panel yet.
   *
   * @param wantsGradients whether the layer that makes it, or one below, has weights
   */
  Activations(int rows, boolean wantsGradients) {
    this.rows = rows;
    this.wantsGradients = wantsGradients;
  }

  /** Where its maker keeps it from now on. */
  void set(PanelView newValues, PanelView newGradients) {
    values = newValues;
    gradients = newGradients;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public boolean wantsGradients() {
    return wantsGradients;
  }

  /** The live values: panels of (rows, 8). */
  public PanelView values() {
    return values;
  }

  /** The live gradients, which the reader sets: panels of (rows, 8). */
  public PanelView gradients() {
    return gradients;
  }

  /** The panels that have a gradient, in the order of the window's. */
  Panels gradientPanels() {
    return gradientPanels;
  }

  /** Names the panels whose gradients are set, in the order of the window's. */
  public void setGradientPanels(Panels panels) {
    gradientPanels = panels;
  }

  @Override
  public void load(WindowPanels window, PanelView x) {
    copy.copy(window, rows, values, x);
  }
}
