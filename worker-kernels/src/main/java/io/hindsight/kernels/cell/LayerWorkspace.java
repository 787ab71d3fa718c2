package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Lanes;
import java.util.Arrays;

/**
 * What one layer keeps between its forward and its backward pass.
 *
 * <p>Step t of block n of an activation is one contiguous {@code (rows, 8)} piece. Input and hidden
 * state lie together, {@code [x_t; h_{t−1}]}, as one product wants them; so h has T + 1 rows, row 0
 * the initial state, and c likewise.
 */
public final class LayerWorkspace {
  private static final int LANES = SequenceBatch.LANES;

  private final int inputs; // I, 0 for tokens
  private final int hidden; // H
  private final int gateRows; // rowBlocks·H
  private final boolean hasCell;
  private final int maxSteps; // T
  private final int blocks; // NB

  final double[] inputAndHidden; // (T+1, NB, I+H, 8)
  final double[] gates; // (T, NB, rowBlocks·H, 8): z, then gates, then dz
  final double[] cell; // (T+1, NB, H, 8)
  final double[] tanhCell; // (T, NB, H, 8)
  final double[] dOut; // (T, NB, H, 8): dE/dh_t from above, of panels that it comes to
  final double[] dh; // (NB, H, 8): dE/dh at the step being differentiated
  final double[] dCell; // (NB, H, 8)
  final double[] dStart; // (NB, rowBlocks·H, 8): bias gradients, lane by lane

  private final double[] noFeatures; // (I) zeros
  private final double[][] features = new double[LANES][]; // what each lane's x_t is read from
  private final int[] featuresFrom = new int[LANES];

  /**
   * Workspace for windows of up to {@code maxSteps} steps of {@code blocks} blocks.
   *
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  public LayerWorkspace(PackedLayer layer, boolean hasCell, int maxSteps, int blocks) {
    inputs = layer.inputs;
    hidden = layer.hidden;
    gateRows = layer.start.length;
    this.hasCell = hasCell;
    this.maxSteps = maxSteps;
    this.blocks = blocks;
    inputAndHidden = array(maxSteps + 1, inputs + hidden);
    gates = array(maxSteps, gateRows);
    cell = array(hasCell ? maxSteps + 1 : 0, hidden);
    tanhCell = array(hasCell ? maxSteps : 0, hidden);
    dOut = array(maxSteps, hidden);
    dh = array(1, hidden);
    dCell = array(hasCell ? 1 : 0, hidden);
    dStart = array(1, gateRows);
    noFeatures = new double[inputs];
  }

  private double[] array(int steps, int rows) {
    return new double
        [Math.multiplyExact(Math.multiplyExact(steps, blocks), Math.multiplyExact(rows, LANES))];
  }

  /** Whether it is large enough for this shape. */
  public boolean fits(int steps, int blockCount) {
    return steps <= maxSteps && blockCount == blocks;
  }

  /** Elements of a panel of {@link #inputAndHidden}: (I+H)·8. */
  public int inputStride() {
    return (inputs + hidden) * LANES;
  }

  /** Elements of a panel of {@link #gates}. */
  int gatesStride() {
    return gateRows * LANES;
  }

  /** Elements of one block's state, and of a panel of {@link #dOut}: H·8. */
  public int stateSize() {
    return hidden * LANES;
  }

  /** Where x_t of a block starts in {@link #inputAndHidden}. */
  int inputAt(int t, int block) {
    return (t * blocks + block) * (inputs + hidden) * LANES;
  }

  /**
   * Where the state before step t starts in {@link #inputAndHidden}: h_{t−1}, row 0 the initial.
   */
  public int hiddenAt(int t, int block) {
    return inputAt(t, block) + inputs * LANES;
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

  /** Where step t of a block starts in {@link #dOut}. */
  public int dOutAt(int t, int block) {
    return (t * blocks + block) * hidden * LANES;
  }

  /** Where a block starts in {@link #dh} and {@link #dCell}. */
  int stateAt(int block) {
    return block * hidden * LANES;
  }

  int dStartAt(int block) {
    return block * gateRows * LANES;
  }

  boolean hasCell() {
    return hasCell;
  }

  /** The live inputs and hidden states // (T+1, NB, I+H, 8). */
  public double[] inputAndHidden() {
    return inputAndHidden;
  }

  /** The live gradient of the hidden states, from above: set, not added to // (T, NB, H, 8). */
  public double[] dOut() {
    return dOut;
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
      Arrays.fill(inputAndHidden, hiddenAt(0, block), hiddenAt(0, block) + stateSize(), 0);
      if (hasCell) {
        Arrays.fill(cell, cellAt(0, block), cellAt(0, block) + stateSize(), 0);
      }
      return;
    }
    System.arraycopy(h, state, inputAndHidden, hiddenAt(0, block), stateSize());
    if (hasCell) {
      System.arraycopy(c, state, cell, cellAt(0, block), stateSize());
    }
  }

  /** Copies a block's state before step t to {@code h} and {@code c} // (NB, H, 8). */
  public void copyState(int t, int block, double[] h, double[] c) {
    int state = stateAt(block);
    System.arraycopy(inputAndHidden, hiddenAt(t, block), h, state, stateSize());
    if (hasCell) {
      System.arraycopy(cell, cellAt(t, block), c, state, stateSize());
    }
  }

  /** Copies dE/d(initial state) of all blocks to {@code h} and {@code c} // (NB, H, 8). */
  public void copyInitialStateGradient(double[] h, double[] c) {
    System.arraycopy(dh, 0, h, 0, dh.length);
    System.arraycopy(dCell, 0, c, 0, dCell.length);
  }

  /** Copies h_t of the layer below into x_t. */
  public void copyInputFrom(LayerWorkspace below, int t, int block) {
    System.arraycopy(
        below.inputAndHidden,
        below.hiddenAt(t + 1, block),
        inputAndHidden,
        inputAt(t, block),
        below.stateSize());
  }

  /**
   * Writes x_t of a block from the batch's sequences; zero in lanes past their window.
   *
   * @param batch dense sequences of I features
   */
  public void loadInput(SequenceBatch batch, int t, int block) {
    for (int lane = 0; lane < LANES; lane++) {
      int global = block * LANES + lane;
      boolean valid = t < batch.length(global);
      features[lane] = valid ? batch.sequence(global).features() : noFeatures;
      featuresFrom[lane] = valid ? (batch.start(global) + t) * inputs : 0;
    }
    Lanes.gather(inputs, features, featuresFrom, inputAndHidden, inputAt(t, block));
  }

  /** Zeroes what the backward pass adds to. */
  public void clearGradients() {
    Arrays.fill(dh, 0);
    Arrays.fill(dCell, 0);
    Arrays.fill(dStart, 0);
  }

  /** Bytes held. */
  public long bytes() {
    long doubles =
        (long) inputAndHidden.length + gates.length + cell.length + tanhCell.length + dOut.length;
    return Double.BYTES * (doubles + dh.length + dCell.length + dStart.length);
  }
}
