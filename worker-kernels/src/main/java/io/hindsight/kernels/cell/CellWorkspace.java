package io.hindsight.kernels.cell;

import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import java.util.Arrays;

/**
 * What the cells of one layer keep between their forward and their backward pass.
 *
 * <p>Step t of block n of an activation is one contiguous {@code (rows, 8)} panel. Input and hidden
 * state lie together, {@code [x_t; h_{t−1}]}, as one product wants them; so h has T + 1 rows, row 0
 * the initial state, and c likewise. Where the product reads another h than the cell makes, that of
 * the cell lies apart.
 */
public final class CellWorkspace {
  private static final int LANES = Lanes.LANES;

  private final int hidden; // H
  private final boolean hasCell;
  private final int blocks; // NB

  final double[] states; // h: (T+1, NB, H, 8), or of [x; h] as the products read it
  final double[] gates; // (T, NB, rowBlocks·H, 8): z, then gates, then dz
  final double[] cell; // (T+1, NB, H, 8)
  final double[] tanhCell; // (T, NB, H, 8)
  final double[] dh; // (NB, H, 8): dE/dh at the step being differentiated
  final double[] dCell; // (NB, H, 8)
  final CellNorm norm; // null unless c is normalised

  private final PanelView inputView; // (T+1, NB, I+H, 8)
  private final PanelView beforeView;
  private final PanelView statesView; // h, from before step 0 on
  private final PanelView afterView;
  private final PanelView gatesView;
  private final PanelView cellsView; // c, from before step 0 on
  private final PanelView cellsAfterView;
  private final PanelView tanhCellsView;
  private final PanelView dhView; // of the blocks, as the next
  private final PanelView dCellView;
  private final PanelView[] dhViews; // [T]

  /**
   * Workspace for windows of up to {@code maxSteps} steps of {@code blocks} blocks.
   *
   * @param memory that the activations are taken from
   * @param inputs I, 0 for tokens
   * @param hidden H
   * @param apart whether the products read another h than the cell makes
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  public CellWorkspace(
      AlignedMemory memory,
      CellKernel kernel,
      int inputs,
      int hidden,
      int maxSteps,
      int blocks,
      boolean apart) {
    this.hidden = hidden;
    this.blocks = blocks;
    hasCell = kernel.hasCellState();
    inputView = panels(memory, maxSteps + 1, inputs + hidden);
    beforeView = inputView.fromRow(inputs);
    statesView = apart ? panels(memory, maxSteps + 1, hidden) : beforeView;
    states = statesView.array();
    afterView = statesView.fromPanel(blocks);
    gatesView = panels(memory, maxSteps, kernel.rowBlocks() * hidden);
    gates = gatesView.array();
    cellsView = panels(memory, hasCell ? maxSteps + 1 : 0, hidden);
    cell = cellsView.array();
    cellsAfterView = cellsView.fromPanel(blocks);
    tanhCellsView = panels(memory, hasCell ? maxSteps : 0, hidden);
    tanhCell = tanhCellsView.array();
    dhView = panels(memory, 1, hidden);
    dh = dhView.array();
    dCellView = panels(memory, hasCell ? 1 : 0, hidden);
    dCell = dCellView.array();
    norm = kernel.normalizesCell() ? new CellNorm(memory, hidden, maxSteps * blocks, blocks) : null;
    dhViews = new PanelView[maxSteps];
    for (int t = 0; t < maxSteps; t++) {
      dhViews[t] = dhView.fromPanel(-t * blocks);
    }
  }

  private PanelView panels(AlignedMemory memory, int steps, int rows) {
    return memory.panels(Math.multiplyExact(steps, blocks), rows);
  }

  /** x_t and h_{t−1} together: panels of (I+H, 8). */
  public PanelView inputs() {
    return inputView;
  }

  /** What the recurrent product of step t reads, h_{t−1}: panels of (H, 8). */
  public PanelView statesBefore() {
    return beforeView;
  }

  /** The state that the cell of step t starts from, h_{t−1}: panels of (H, 8). */
  public PanelView cellStatesBefore() {
    return statesView;
  }

  /** c_{t−1}: panels of (H, 8); of an empty array without a cell state. */
  public PanelView cellsBefore() {
    return cellsView;
  }

  /** c_t: panels of (H, 8). */
  public PanelView cellsAfter() {
    return cellsAfterView;
  }

  /** The state that step t makes, h_t: panels of (H, 8). */
  public PanelView statesAfter() {
    return afterView;
  }

  /** z, then gates, then dz: panels of (rowBlocks·H, 8). */
  public PanelView gates() {
    return gatesView;
  }

  /** dE/dh at the step being differentiated, from {@link #dhAt} // (NB, H, 8). */
  public double[] dh() {
    return dh;
  }

  /** dE/dc at the step being differentiated, from {@link #dCellAt}, if any // (NB, H, 8). */
  public double[] dCell() {
    return dCell;
  }

  /**
   * dE/dh as the panels of step t: panel t·NB + n is block n of {@link #dh}. There is memory for
   * one step only, so panel 0 of the view would lie before the array, and only those of step t are
   * used.
   */
  public PanelView dhOfStep(int t) {
    return dhViews[t];
  }

  /** The normalisation of c; null unless the kernel {@link CellKernel#normalizesCell}. */
  public CellNorm norm() {
    return norm;
  }

  /** The panel of a block at step t. */
  int panel(int t, int block) {
    return t * blocks + block;
  }

  /** Elements of one block's state: H·8. */
  public int stateSize() {
    return hidden * LANES;
  }

  /** Where a block starts among the states of all blocks // (NB, H, 8). */
  public int stateAt(int block) {
    return block * hidden * LANES;
  }

  /** Where a block starts in {@link #dh}. */
  public int dhAt(int block) {
    return dhView.at(block);
  }

  /** Where a block starts in {@link #dCell}. */
  public int dCellAt(int block) {
    return dCellView.at(block);
  }

  /** Where the state before step t starts in {@link #states}, h_{t−1}. */
  int hiddenAt(int t, int block) {
    return statesView.at(panel(t, block));
  }

  int gatesAt(int t, int block) {
    return gatesView.at(panel(t, block));
  }

  /** Where the cell state before step t starts in {@link #cell}. */
  int cellAt(int t, int block) {
    return cellsView.at(panel(t, block));
  }

  int tanhCellAt(int t, int block) {
    return tanhCellsView.at(panel(t, block));
  }

  /**
   * Puts a block's initial state in place.
   *
   * @param h (NB, H, 8), or null for zero
   * @param c (NB, H, 8); read only by cells that have one
   */
  public void setInitialState(int block, double[] h, double[] c) {
    int state = stateAt(block);
    if (h == null) {
      Arrays.fill(states, hiddenAt(0, block), hiddenAt(0, block) + stateSize(), 0);
      if (hasCell) {
        Arrays.fill(cell, cellAt(0, block), cellAt(0, block) + stateSize(), 0);
      }
      return;
    }
    System.arraycopy(h, state, states, hiddenAt(0, block), stateSize());
    if (hasCell) {
      System.arraycopy(c, state, cell, cellAt(0, block), stateSize());
    }
  }

  /** Leaves one lane's state as it was before step t: h_t = h_{t−1}, c_t = c_{t−1}. */
  public void holdState(int t, int block, int lane) {
    Lanes.copyLane(hidden, lane, states, hiddenAt(t, block), states, hiddenAt(t + 1, block));
    if (hasCell) {
      Lanes.copyLane(hidden, lane, cell, cellAt(t, block), cell, cellAt(t + 1, block));
    }
  }

  /** Copies a block's state before step t to {@code h} and {@code c} // (NB, H, 8). */
  public void copyState(int t, int block, double[] h, double[] c) {
    int state = stateAt(block);
    System.arraycopy(states, hiddenAt(t, block), h, state, stateSize());
    if (hasCell) {
      System.arraycopy(cell, cellAt(t, block), c, state, stateSize());
    }
  }

  /** As {@link #copyState}, of one lane of the block. */
  public void copyLane(int t, int block, int lane, double[] h, double[] c) {
    int state = stateAt(block);
    Lanes.copyLane(hidden, lane, states, hiddenAt(t, block), h, state);
    if (hasCell) {
      Lanes.copyLane(hidden, lane, cell, cellAt(t, block), c, state);
    }
  }

  /** Whether there is a c beside h. */
  public boolean hasCell() {
    return hasCell;
  }

  /** One unit of h before step t in one of the lanes of all blocks. */
  public double state(int t, int lane, int unit) {
    return states[hiddenAt(t, lane / LANES) + unit * LANES + lane % LANES];
  }

  /** One unit of c before step t in one of the lanes of all blocks. */
  public double cellState(int t, int lane, int unit) {
    return cell[cellAt(t, lane / LANES) + unit * LANES + lane % LANES];
  }

  /** Zeroes dh and dc of all blocks. */
  public void clearGradients() {
    for (int block = 0; block < blocks; block++) {
      clearGradients(block);
    }
  }

  /** Zeroes dh and dc of a block. */
  public void clearGradients(int block) {
    Arrays.fill(dh, dhAt(block), dhAt(block + 1), 0);
    if (hasCell) {
      Arrays.fill(dCell, dCellAt(block), dCellAt(block + 1), 0);
    }
  }

  /** Copies dh and dc of all blocks to {@code h} and {@code c} // (NB, H, 8). */
  public void copyStateGradient(double[] h, double[] c) {
    System.arraycopy(dh, dhAt(0), h, 0, stateAt(blocks));
    if (hasCell) {
      System.arraycopy(dCell, dCellAt(0), c, 0, stateAt(blocks));
    }
  }

  /** Bytes held beside the memory. */
  public long bytes() {
    return norm == null ? 0 : norm.bytes();
  }
}
