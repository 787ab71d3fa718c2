package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.cell.GateBiases;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;

/**
 * The gradients of a recurrent layer's weights, from the dz of a whole window: dW += dz_t x_tᵀ, dU
 * += dz_t h_{t−1}ᵀ, db += dz_t, for steps descending, and at a step for the blocks of a shard
 * ascending.
 */
final class LayerGradients {
  private static final int LANES = Lanes.LANES;

  private final CellKernel kernel;
  private final GateOps ops;
  private final int weightHhAt; // in the gradient
  private final GateBiases biases;
  private final int hidden; // H
  private final int rows; // of z: rowBlocks·H
  private final TransposedPanels dzInputOnly; // of rows that only the input product feeds
  private final TransposedPanels dzShared; // of the other rows that the input product feeds
  private final TransposedPanels dzRecurrent; // of rows that the recurrent product feeds
  private final TransposedPanels h;
  private final OuterProduct weightHh;
  private final InputGradients input;
  private PanelView dBias; // panels of (rows, 8), one for each block: of z's start, lane by lane
  private Panels descending = new Panels(0);

  LayerGradients(
      CellKernel kernel,
      VectorOps ops,
      AlignedMemory memory,
      LayerBlocks blocks,
      LayerInput input) {
    this.kernel = kernel;
    this.ops = ops.gates();
    weightHhAt = blocks.weightHh().offset();
    biases = new GateBiases(kernel, blocks);
    hidden = blocks.weightHh().columns();
    rows = kernel.rowBlocks() * hidden;
    dzInputOnly = new TransposedPanels(ops.matrix(), memory, firstRecurrentRow());
    int recurrentRows = blocks.weightHh().rows();
    dzRecurrent = new TransposedPanels(ops.matrix(), memory, firstRecurrentRow(), recurrentRows);
    int sharedRows = blocks.weightIh().rows() - firstRecurrentRow();
    dzShared =
        blocks.norms().isPresent()
            ? new TransposedPanels(ops.matrix(), memory, firstRecurrentRow(), sharedRows)
            : dzRecurrent; // one gradient for both products: its first rows
    h = new TransposedPanels(ops.matrix(), memory, hidden);
    weightHh = new OuterProduct(ops.matrix(), memory, recurrentRows, hidden);
    this.input = InputGradients.of(input, kernel, ops.matrix(), memory, blocks.weightIh());
  }

  /**
   * Makes room for this many blocks.
   *
   * @param ofWindow memory of windows of this shape
   */
  void reserve(AlignedMemory ofWindow, int blockCount) {
    dBias = ofWindow.panels(blockCount, rows);
  }

  /** Forgets the gradients of the biases of this many blocks. */
  void clear(int blockCount) {
    Arrays.fill(dBias.array(), dBias.at(0), dBias.at(blockCount), 0);
  }

  /**
   * db += dz of a panel of the block.
   *
   * @param from the first of some elements of each row block (H, 8)
   * @param n so many elements
   */
  void addToBias(PanelView dz, int panel, int block, int from, int n) {
    for (int gate = from; gate < rows * LANES; gate += hidden * LANES) {
      ops.add(n, dz.array(), dz.at(panel) + gate, dBias.array(), dBias.at(block) + gate);
    }
  }

  /**
   * Adds the gradients of every block to its sum; blocks of one shard share one.
   *
   * @param products that hold the gradients of theirs
   */
  void add(CellWorkspace s, Products products, WindowPanels window, GradientSum[] sums) {
    if (descending.capacity() < window.all().count()) {
      descending = new Panels(window.all().capacity());
    }
    for (int from = 0, to; from < window.blocks(); from = to) {
      to = GradientSum.endOfShard(sums, from);
      window.listDescending(from, to, descending);
      addWeights(s, products, window, sums[from]);
      for (int block = from; block < to; block++) {
        addBiases(block, sums[block].gradient());
      }
    }
  }

  /** Bytes held beside both memories. */
  long bytes() {
    return input.bytes() + (long) Integer.BYTES * descending.capacity();
  }

  private void addWeights(
      CellWorkspace s, Products products, WindowPanels window, GradientSum sum) {
    double[] gradient = sum.gradient();
    sum.start(weightHh, weightHhAt);
    input.start(sum);
    int chunk = TransposedPanels.CHUNK;
    for (int first = 0; first < descending.count(); first += chunk) {
      int count = Math.min(chunk, descending.count() - first);
      setChunk(products, first, count);
      h.set(descending, first, count, s.statesBefore());
      weightHh.add(dzRecurrent, h);
      input.select(s, window, descending, first, count);
      input.add(dzInputOnly, dzShared);
    }
    weightHh.store(gradient, weightHhAt);
    input.store(gradient);
  }

  private void setChunk(Products products, int first, int count) {
    dzInputOnly.set(descending, first, count, products.dInput());
    dzRecurrent.set(descending, first, count, products.dState());
    if (dzShared != dzRecurrent) {
      dzShared.set(descending, first, count, products.dInput());
    }
  }

  /** Adds a block's bias gradients, its lanes summed in the fixed order, to all biases. */
  private void addBiases(int block, double[] gradient) {
    for (int row = 0; row < rows; row++) {
      double sum = Lanes.sum(dBias.array(), dBias.at(block) + row * LANES);
      biases.addGradient(row / hidden, row % hidden, sum, gradient);
    }
  }

  private int firstRecurrentRow() {
    return kernel.firstRecurrentGate() * hidden;
  }
}
