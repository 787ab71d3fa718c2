package io.hindsight.kernels.noise;

import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.UnitFactors;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.random.Noise.Site;

/**
 * Dropout of the h that a recurrent product reads: U(m∘h_{t−1}/(1 − p)) with m = 0 for a unit that
 * is struck, the same at all steps of a window (Gal and Ghahramani, NIPS 2016). In evaluation it
 * reads h.
 */
public final class RecurrentDropout {
  private static final int LANES = Lanes.LANES;

  private final Site site;
  private final GateOps ops;
  private final UnitFactors factors; // (NB, H)
  private final boolean isOn;
  private PanelView dRead; // of each block: (H, 8): dE/d(what the product of a step reads)
  private PanelView[] dReadOfStep = {}; // [T]: as CellWorkspace#dhOfStep
  private boolean noisy; // the last forward pass

  /** Of the units of a layer; none if their rate is 0. */
  public RecurrentDropout(Site site, GateOps ops) {
    this.site = site;
    this.ops = ops;
    factors = new UnitFactors(site.rows(), 0, 1 / (1 - site.rate()));
    isOn = site.rate() > 0;
  }

  /** Whether there is any. */
  public boolean isOn() {
    return isOn;
  }

  /** Makes room for windows of up to {@code maxSteps} steps of {@code blocks} blocks. */
  public void reserve(int maxSteps, int blocks, AlignedMemory memory) {
    if (!isOn) {
      return;
    }
    factors.reserve(blocks, memory);
    dRead = memory.panels(blocks, site.rows());
    dReadOfStep = new PanelView[maxSteps];
    for (int t = 0; t < maxSteps; t++) {
      dReadOfStep[t] = dRead.fromPanel(-t * blocks);
    }
  }

  /** Draws the units of a window. */
  public void start(WindowPanels window) {
    noisy = isOn && window.isNoisy();
    for (int block = 0; noisy && block < window.blocks(); block++) {
      window.noise().draw(site, block, 0, ops, factors.struck(), factors.at(block));
    }
  }

  /** Writes what the product of step t reads. */
  public void forward(CellWorkspace s, WindowPanels window, int t) {
    if (!isOn) {
      return;
    }
    PanelView h = s.cellStatesBefore();
    PanelView read = s.statesBefore();
    for (int i = window.first(t); i < window.first(t + 1); i++) {
      int panel = window.all().get(i);
      int from = h.at(panel);
      int to = read.at(panel);
      if (noisy) {
        ops.scale(factors, window.block(panel), h.array(), from, read.array(), to);
      } else {
        System.arraycopy(h.array(), from, read.array(), to, site.rows() * LANES);
      }
    }
  }

  /**
   * Where the product's derivative of step t goes: panels of (H, 8).
   *
   * @param direct whether dh already holds what reaches h_{t−1} by another way
   */
  public PanelView dReadOfStep(CellWorkspace s, int t, boolean direct) {
    return direct ? dReadOfStep[t] : s.dhOfStep(t);
  }

  /**
   * Of {@link #forward}: dh_{t−1} = m∘dRead/(1 − p), beside what reaches it directly.
   *
   * @param direct as for {@link #dReadOfStep}
   */
  public void backward(CellWorkspace s, WindowPanels window, int t, boolean direct) {
    for (int i = window.first(t); i < window.first(t + 1); i++) {
      int block = window.block(window.all().get(i));
      if (noisy) {
        double[] d = direct ? dRead.array() : s.dh();
        int from = direct ? dRead.at(block) : s.dhAt(block);
        ops.scale(factors, block, d, from, d, from);
      }
      if (direct) {
        ops.add(s.stateSize(), dRead.array(), dRead.at(block), s.dh(), s.dhAt(block));
      }
    }
  }

  /** Bytes held beside the memory of the panels. */
  public long bytes() {
    return factors.bytes();
  }
}
