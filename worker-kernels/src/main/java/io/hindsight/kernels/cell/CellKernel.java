package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;

/**
 * The gate equations of a cell at one step of one lane block, and their derivatives.
 *
 * <p>A layer's pre-activations z are row blocks of H rows. The input product feeds the first {@link
 * #inputGates} of them, the recurrent product all from {@link #firstRecurrentGate} on, in the
 * parameters' order; a row block that both feed holds their sum. {@link #inputGate} says which of
 * the parameters' gates an input row block is: those that both products feed keep their order.
 */
public sealed interface CellKernel permits RnnKernel, LstmKernel, GruKernel {
  /** The kernel of a cell. */
  static CellKernel of(Cell cell, GateOps ops) {
    if (cell instanceof RnnCell rnn) {
      return new RnnKernel(rnn.activation(), ops);
    }
    if (cell instanceof LstmCell) {
      return new LstmKernel(ops);
    }
    if (cell instanceof GruCell) {
      return new GruKernel(ops);
    }
    throw new IllegalArgumentException("no kernel for cell " + cell);
  }

  /** The kernel of a layer. */
  static CellKernel of(RecurrentSpec layer, VectorOps ops) {
    return layer.layerNorm() && layer.cell() instanceof LstmCell
        ? new NormalizedLstmKernel(ops.gates(), ops.norms())
        : of(layer.cell(), ops.gates());
  }

  /**
   * The kernel of a layer for a single lane: of a workspace whose units of eight lanes are eight
   * units each, since all but normalisation is element by element. Forward only.
   */
  static CellKernel ofOneLane(RecurrentSpec layer, VectorOps ops) {
    return layer.layerNorm() && layer.cell() instanceof LstmCell
        ? new NormalizedLaneLstmKernel(ops.gates())
        : of(layer.cell(), ops.gates());
  }

  /** Whether the cell carries c beside h. */
  boolean hasCellState();

  /** Whether h is made of a normalised c: then the workspace has a {@link CellNorm}. */
  default boolean normalizesCell() {
    return false;
  }

  /** Row blocks of z. */
  int rowBlocks();

  /** Row blocks, from the first, that the input product feeds. */
  int inputGates();

  /** The first of the row blocks that the recurrent product feeds. */
  int firstRecurrentGate();

  /** The gate, in the parameters' order, of an input row block. */
  int inputGate(int rowBlock);

  /** Whether h_{t−1} reaches h_t by another way than z: then {@link #backward} starts dh_{t−1}. */
  boolean passesStateDirectly();

  /** As below, of all units. */
  default void forward(CellWorkspace s, int t, int block) {
    forward(s, t, block, 0, s.stateSize());
  }

  /**
   * z_t → gates, in place; (gates, h_{t−1}, c_{t−1}) → h_t, c_t.
   *
   * @param t step within the window
   * @param from the first of some elements of the state (H, 8), whole units; a cell that {@link
   *     #normalizesCell} takes all at once
   * @param n so many elements
   */
  void forward(CellWorkspace s, int t, int block, int from, int n);

  /** As below, of all units. */
  default void backward(CellWorkspace s, int t, int block) {
    backward(s, t, block, 0, s.stateSize());
  }

  /**
   * Gates → dz_t, in place, given dh_t in {@link CellWorkspace#dh} and dc_t in {@link
   * CellWorkspace#dCell}; leaves there dc_{t−1}, and the part of dh_{t−1} that does not pass
   * through z if there is one.
   *
   * @param from as of {@link #forward}
   * @param n so many elements
   */
  void backward(CellWorkspace s, int t, int block, int from, int n);
}
