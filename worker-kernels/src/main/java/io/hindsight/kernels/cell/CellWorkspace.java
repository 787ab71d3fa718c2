package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.PanelView;
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

  private final int inputs; // I, 0 for tokens
  private final int hidden; // H
  private final int gateRows; // rowBlocks·H
  private final boolean hasCell;
  private final int maxSteps; // T
  private final int blocks; // NB

  final double[] inputAndHidden; // (T+1, NB, I+H, 8): what the products read
  final double[] states; // h: the same array, or (T+1, NB, H, 8)
  final double[] gates; // (T, NB, rowBlocks·H, 8): z, then gates, then dz
  final double[] cell; // (T+1, NB, H, 8)
  final double[] tanhCell; // (T, NB, H, 8)
  final double[] dh; // (NB, H, 8): dE/dh at the step being differentiated
  final double[] dCell; // (NB, H, 8)
  final CellNorm norm; // null unless c is normalised

  private final int firstState; // where h before step 0 starts in states
  private final int stateStride;
  private final PanelView inputView;
  private final PanelView beforeView;
  private final PanelView afterView;
  private final PanelView cellStatesView;
  private final PanelView cellsBeforeView;
  private final PanelView cellsAfterView;
  private final PanelView gatesView;
  private final PanelView[] dhViews; // [T]

  /**
   * Workspace for windows of up to {@code maxSteps} steps of {@code blocks} blocks.
   *
   * @param inputs I
   * @param hidden H
   * @param apart whether the products read another h than the cell makes
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  public CellWorkspace(
      CellKernel kernel, int inputs, int hidden, int maxSteps, int blocks, boolean apart) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.maxSteps = maxSteps;
    this.blocks = blocks;
    gateRows = kernel.rowBlocks() * hidden;
    hasCell = kernel.hasCellState();
    inputAndHidden = array(maxSteps + 1, inputs + hidden);
    gates = array(maxSteps, gateRows);
    cell = array(hasCell ? maxSteps + 1 : 0, hidden);
    tanhCell = array(hasCell ? maxSteps : 0, hidden);
    dh = array(1, hidden);
    dCell = array(hasCell ? 1 : 0, hidden);
    norm = kernel.normalizesCell() ? new CellNorm(hidden, maxSteps * blocks, blocks) : null;
    int stride = (inputs + hidden) * LANES;
    inputView = new PanelView(inputAndHidden, 0, stride);
    states = apart ? array(maxSteps + 1, hidden) : inputAndHidden;
    firstState = apart ? 0 : inputs * LANES;
    stateStride = apart ? stateSize() : stride;
    beforeView = new PanelView(inputAndHidden, inputs * LANES, stride);
    cellStatesView = new PanelView(states, hiddenAt(0, 0), stateStride);
    cellsBeforeView = new PanelView(cell, 0, stateSize());
    cellsAfterView = new PanelView(cell, cellAt(1, 0), stateSize());
    afterView = new PanelView(states, hiddenAt(1, 0), stateStride);
    gatesView = new PanelView(gates, 0, gateRows * LANES);
    dhViews = new PanelView[maxSteps];
    for (int t = 0; t < maxSteps; t++) {
      dhViews[t] = new PanelView(dh, -t * blocks * stateSize(), stateSize());
    }
  }

  private double[] array(int steps, int rows) {
    return new double
        [Math.multiplyExact(Math.multiplyExact(steps, blocks), Math.multiplyExact(rows, LANES))];
  }

  /** Whether it is large enough for this shape. */
  public boolean fits(int steps, int blockCount) {
    return steps <= maxSteps && blockCount == blocks;
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
    return cellStatesView;
  }

  /** c_{t−1}: panels of (H, 8); of an empty array without a cell state. */
  public PanelView cellsBefore() {
    return cellsBeforeView;
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

  /** dE/dh at the step being differentiated // (NB, H, 8). */
  public double[] dh() {
    return dh;
  }

  /** dE/dc at the step being differentiated // (NB, H, 8); empty without a cell state. */
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

  /** Where a block starts in {@link #dh} and {@link #dCell}. */
  public int stateAt(int block) {
    return block * hidden * LANES;
  }

  /** Where the state before step t starts in {@link #states}, h_{t−1}. */
  int hiddenAt(int t, int block) {
    return firstState + (t * blocks + block) * stateStride;
  }

  int gatesAt(int t, int block) {
    return (t * blocks + block) * gateRows * LANES;
  }

  /** Where the cell state before step t starts in {@link #cell}. */
  int cellAt(int t, int block) {
    return (t * blocks + block) * hidden * LANES;
  }

  int tanhCellAt(int t, int block) {
    return (t * blocks + block) * hidden * LANES;
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
    Arrays.fill(dh, 0);
    Arrays.fill(dCell, 0);
  }

  /** Zeroes dh and dc of a block. */
  public void clearGradients(int block) {
    int from = stateAt(block);
    Arrays.fill(dh, from, from + stateSize(), 0);
    if (hasCell) {
      Arrays.fill(dCell, from, from + stateSize(), 0);
    }
  }

  /** Copies dh and dc of all blocks to {@code h} and {@code c} // (NB, H, 8). */
  public void copyStateGradient(double[] h, double[] c) {
    System.arraycopy(dh, 0, h, 0, dh.length);
    System.arraycopy(dCell, 0, c, 0, dCell.length);
  }

  /** Bytes held. */
  public long bytes() {
    long doubles = (long) inputAndHidden.length + gates.length + cell.length + tanhCell.length;
    long apart = states == inputAndHidden ? 0 : states.length;
    long ofNorm = norm == null ? 0 : norm.bytes();
    return ofNorm + Double.BYTES * (doubles + apart + dh.length + dCell.length);
  }
}
