package io.hindsight.kernels.batch;

import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/**
 * Copies activations into the order in which a window is read: panel by panel, or each lane from
 * its own end. The second order is its own inverse.
 */
public final class PanelCopy {
  private static final int LANES = SequenceBatch.LANES;

  private final int[] from = new int[LANES]; // where each lane starts in the source

  /** Copies every panel of a window // panels of (rows, 8). */
  public void copy(WindowPanels window, int rows, PanelView source, PanelView target) {
    Panels panels = window.all();
    if (!window.isFromEnd()) {
      copy(panels, rows, source, target);
      return;
    }
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      if (select(window, panel, source)) {
        System.arraycopy(source.array(), from[0], target.array(), target.at(panel), rows * LANES);
      } else {
        Lanes.gather(rows, source.array(), from, target.array(), target.at(panel));
      }
    }
  }

  /** Finds where each lane comes from, and whether that is one panel. */
  private boolean select(WindowPanels window, int panel, PanelView source) {
    int block = window.block(panel);
    int t = window.step(panel);
    boolean one = true;
    for (int lane = 0; lane < LANES; lane++) {
      int step = window.stepRead(block * LANES + lane, t);
      from[lane] = source.at(step * window.blocks() + block) + lane;
      one &= from[lane] == from[0] + lane;
    }
    return one;
  }

  /** Copies the panels of a window in which a lane ends // (rows, 8). */
  public static void copyEnds(WindowPanels window, int rows, PanelView source, PanelView target) {
    Panels panels = window.all();
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      if (window.hasEnd(panel)) {
        int from = source.at(panel);
        System.arraycopy(source.array(), from, target.array(), target.at(panel), rows * LANES);
      }
    }
  }

  /** Copies some panels // (rows, 8). */
  public static void copy(Panels panels, int rows, PanelView source, PanelView target) {
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      int from = source.at(panel);
      System.arraycopy(source.array(), from, target.array(), target.at(panel), rows * LANES);
    }
  }
}
