package io.hindsight.kernels.noise;

import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.random.Noise.Kind;
import io.hindsight.kernels.random.Noise.Site;

/**
 * The noise in the state of a recurrent layer: where its passes are changed by {@link
 * RecurrentDropout} of h, and by {@link Zoneout} of h and c.
 */
public final class NoisyState {
  private final RecurrentDropout dropout;
  private final Zoneout hidden;
  private final Zoneout cell;

  /**
   * Of a layer.
   *
   * @param number its place in the network's list; the complement of it for the direction from the
   *     end, which draws noise of its own
   */
  public NoisyState(RecurrentSpec spec, int number, GateOps ops) {
    StateNoise noise = spec.noise();
    int units = spec.hidden();
    dropout =
        new RecurrentDropout(
            new Site(number, Kind.RECURRENT, noise.recurrentDropout(), units), ops);
    hidden = new Zoneout(new Site(number, Kind.ZONEOUT_HIDDEN, noise.zoneoutHidden(), units), ops);
    cell = new Zoneout(new Site(number, Kind.ZONEOUT_CELL, noise.zoneoutCell(), units), ops);
  }

  /** Makes room for windows of up to {@code maxSteps} steps of {@code blocks} blocks. */
  public void reserve(int maxSteps, int blocks, AlignedMemory memory) {
    dropout.reserve(maxSteps, blocks, memory);
    hidden.reserve(maxSteps, blocks, memory);
    cell.reserve(maxSteps, blocks, memory);
  }

  /** Whether the recurrent product reads another h than the cell makes. */
  public boolean readsApart() {
    return dropout.isOn();
  }

  /** Before the first step. */
  public void start(WindowPanels window) {
    dropout.start(window);
  }

  /** Before the products of step t: writes the h that they read. */
  public void beforeProducts(CellWorkspace s, WindowPanels window, int t) {
    dropout.forward(s, window, t);
  }

  /** After the cell of a panel: keeps the units that are struck. */
  public void afterCell(CellWorkspace s, WindowPanels window, int panel) {
    hidden.forward(window, panel, s.cellStatesBefore(), s.statesAfter());
    cell.forward(window, panel, s.cellsBefore(), s.cellsAfter());
  }

  /** Before the cell's derivative: takes out what belongs to units that were kept. */
  public void beforeCellBackward(CellWorkspace s, int panel, int block) {
    hidden.split(panel, block, s.dh(), s.dhAt(block));
    cell.split(panel, block, s.dCell(), s.dCellAt(block));
  }

  /** After the cell's derivative, which leaves dc of the step before. */
  public void afterCellBackward(CellWorkspace s, int block) {
    cell.join(block, s.dCell(), s.dCellAt(block));
  }

  /** After the derivative of the products of step t, which leaves dh of the step before. */
  public void afterProductsBackward(CellWorkspace s, WindowPanels window, int t) {
    for (int i = window.first(t); i < window.first(t + 1); i++) {
      int block = window.block(window.all().get(i));
      hidden.join(block, s.dh(), s.dhAt(block));
    }
  }

  /** The dropout of what the recurrent product reads. */
  public RecurrentDropout dropout() {
    return dropout;
  }

  /** Bytes held. */
  public long bytes() {
    return dropout.bytes() + hidden.bytes() + cell.bytes();
  }
}
