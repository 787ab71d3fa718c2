package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import java.util.Arrays;

/**
 * One recurrent layer at one step of one lane block: the two products around the cell's gates.
 *
 * <p>Forward, {@code z_t = b + W x_t + U h_{t−1}} accumulates in that order; backward
 * differentiates line by line. A lane past the end of its window keeps its state; no gradient
 * reaches it from above or from later steps, so its dz is zero without a mask.
 */
public final class RecurrentLayer {
  private static final int LANES = SequenceBatch.LANES;

  private final CellKernel kernel;
  private final VectorOps ops;
  private final LayerBlocks blocks;

  /** The layer whose parameters are {@code blocks}. */
  public RecurrentLayer(CellKernel kernel, VectorOps ops, LayerBlocks blocks) {
    this.kernel = kernel;
    this.ops = ops;
    this.blocks = blocks;
  }

  /** Computes h_t, and c_t, of a block. */
  public void forward(PackedLayer w, LayerWorkspace s, SequenceBatch batch, int t, int block) {
    int z = s.gatesAt(t, block);
    int recurrentZ = z + kernel.firstRecurrentGate() * w.hidden * LANES;
    Lanes.broadcast(w.start.length, w.start, s.gates, z);
    if (w.tokenRows.length > 0) {
      addTokenRows(w, s.gates, z, batch, t, block);
    } else {
      ops.product(
          w.inputRows(), w.inputs, w.input, 0, s.inputAndHidden, s.inputAt(t, block), s.gates, z);
    }
    ops.product(
        blocks.weightHh().rows(),
        w.hidden,
        w.recurrent,
        0,
        s.inputAndHidden,
        s.hiddenAt(t, block),
        s.gates,
        recurrentZ);
    kernel.forward(s, t, block);
    holdEndedLanes(w.hidden, s, batch, t, block);
  }

  /**
   * Adds a block's gradients at step t and passes dh_{t−1} on; steps must come in descending order.
   *
   * @param gradient (P), of the block's shard
   * @param below the layer below, whose dE/dh_t receives dE/dx_t; null for the first layer
   * @param cut whether gradients stop before step t: truncated back-propagation
   */
  public void backward(
      PackedLayer w,
      LayerWorkspace s,
      SequenceBatch batch,
      int t,
      int block,
      double[] gradient,
      LayerWorkspace below,
      boolean cut) {
    int state = s.stateAt(block);
    int z = s.gatesAt(t, block);
    int recurrentZ = z + kernel.firstRecurrentGate() * w.hidden * LANES;
    Lanes.add(s.stateSize(), s.dOut, s.dOutAt(t, block), s.dh, state);
    kernel.backward(s, t, block);
    addWeightGradients(w, s, batch, t, block, gradient);
    if (below != null) {
      ops.product(
          w.inputs,
          w.inputRows(),
          w.inputTransposed,
          0,
          s.gates,
          z,
          below.dOut,
          below.dOutAt(t, block));
    }
    ops.product(
        w.hidden,
        blocks.weightHh().rows(),
        w.recurrentTransposed,
        0,
        s.gates,
        recurrentZ,
        s.dh,
        state);
    if (cut) {
      cutGradients(s, block);
    }
  }

  /** dW += dz_t x_tᵀ, dU += dz_t h_{t−1}ᵀ, db += dz_t. */
  private void addWeightGradients(
      PackedLayer w, LayerWorkspace s, SequenceBatch batch, int t, int block, double[] gradient) {
    int z = s.gatesAt(t, block);
    Lanes.add(w.start.length * LANES, s.gates, z, s.dStart, s.dStartAt(block));
    for (int rowBlock = 0; rowBlock < kernel.inputGates(); rowBlock++) {
      int dz = z + rowBlock * s.stateSize();
      int firstRow = kernel.inputGate(rowBlock) * w.hidden;
      if (w.tokenRows.length > 0) {
        addTokenGradients(w.hidden, firstRow, s.gates, dz, batch, t, block, gradient);
      } else {
        int target = blocks.weightIh().offset() + firstRow * w.inputs;
        int x = s.inputAt(t, block);
        ops.outerProduct(w.hidden, w.inputs, s.gates, dz, s.inputAndHidden, x, gradient, target);
      }
    }
    int recurrentZ = z + kernel.firstRecurrentGate() * s.stateSize();
    Block weightHh = blocks.weightHh();
    int h = s.hiddenAt(t, block);
    ops.outerProduct(
        weightHh.rows(),
        w.hidden,
        s.gates,
        recurrentZ,
        s.inputAndHidden,
        h,
        gradient,
        weightHh.offset());
  }

  /** z += W[:, token] of each lane: the product with a one-hot vector, without the product. */
  private static void addTokenRows(
      PackedLayer w, double[] gates, int z, SequenceBatch batch, int t, int block) {
    int rows = w.inputRows();
    for (int lane = 0; lane < LANES; lane++) {
      int token = tokenAt(batch, block * LANES + lane, t);
      if (token >= 0) {
        int from = token * rows;
        for (int row = 0; row < rows; row++) {
          gates[z + row * LANES + lane] += w.tokenRows[from + row];
        }
      }
    }
  }

  /** Of {@link #addTokenRows}, for one gate. */
  private void addTokenGradients(
      int hidden,
      int firstRow,
      double[] gates,
      int dz,
      SequenceBatch batch,
      int t,
      int block,
      double[] gradient) {
    int vocabulary = blocks.weightIh().columns();
    for (int lane = 0; lane < LANES; lane++) {
      int token = tokenAt(batch, block * LANES + lane, t);
      if (token >= 0) {
        int target = blocks.weightIh().offset() + firstRow * vocabulary + token;
        for (int row = 0; row < hidden; row++) {
          gradient[target + row * vocabulary] += gates[dz + row * LANES + lane];
        }
      }
    }
  }

  private static int tokenAt(SequenceBatch batch, int lane, int t) {
    if (t >= batch.length(lane)) {
      return -1;
    }
    Sequence sequence = batch.sequence(lane);
    return sequence.tokens()[batch.start(lane) + t];
  }

  /** A lane past its window: h_t = h_{t−1}, c_t = c_{t−1}. */
  private static void holdEndedLanes(
      int hidden, LayerWorkspace s, SequenceBatch batch, int t, int block) {
    for (int lane = 0; lane < LANES; lane++) {
      if (t >= batch.length(block * LANES + lane)) {
        double[] xh = s.inputAndHidden;
        Lanes.copyLane(hidden, lane, xh, s.hiddenAt(t, block), xh, s.hiddenAt(t + 1, block));
        if (s.hasCell()) {
          Lanes.copyLane(hidden, lane, s.cell, s.cellAt(t, block), s.cell, s.cellAt(t + 1, block));
        }
      }
    }
  }

  private static void cutGradients(LayerWorkspace s, int block) {
    int from = s.stateAt(block);
    Arrays.fill(s.dh, from, from + s.stateSize(), 0);
    if (s.hasCell()) {
      Arrays.fill(s.dCell, from, from + s.stateSize(), 0);
    }
  }

  /** Adds the block's bias gradients, its lanes summed in the fixed order, to both biases. */
  public void addBiasGradients(PackedLayer w, LayerWorkspace s, int block, double[] gradient) {
    int recurrentRows = kernel.firstRecurrentGate() * w.hidden;
    for (int row = 0; row < w.start.length; row++) {
      double sum = Lanes.sum(s.dStart, s.dStartAt(block) + row * LANES);
      if (row < w.inputRows()) {
        int gate = kernel.inputGate(row / w.hidden);
        gradient[blocks.biasIh().offset() + gate * w.hidden + row % w.hidden] += sum;
      }
      if (row >= recurrentRows) {
        gradient[blocks.biasHh().offset() + row - recurrentRows] += sum;
      }
    }
  }
}
