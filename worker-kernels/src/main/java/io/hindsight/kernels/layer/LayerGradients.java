package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.PanelView;
import io.hindsight.kernels.math.Panels;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
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
  private final LayerBlocks blocks;
  private final int hidden; // H
  private final int rows; // of z: rowBlocks·H
  private final TransposedPanels dzInputOnly; // of rows that only the input product feeds
  private final TransposedPanels dzRecurrent; // of rows that the recurrent product feeds
  private final TransposedPanels h;
  private final OuterProduct weightHh;
  private final InputGradients input;
  private double[] dBias = {}; // (NB, rows, 8): of z's start, lane by lane
  private Panels descending = new Panels(0);

  LayerGradients(CellKernel kernel, VectorOps ops, LayerBlocks blocks, LayerInput input) {
    this.kernel = kernel;
    this.ops = ops.gates();
    this.blocks = blocks;
    hidden = blocks.weightHh().columns();
    rows = kernel.rowBlocks() * hidden;
    dzInputOnly = new TransposedPanels(ops.matrix(), firstRecurrentRow());
    int recurrentRows = blocks.weightHh().rows();
    dzRecurrent = new TransposedPanels(ops.matrix(), firstRecurrentRow(), recurrentRows);
    h = new TransposedPanels(ops.matrix(), hidden);
    weightHh = new OuterProduct(ops.matrix(), recurrentRows, hidden);
    this.input = InputGradients.of(input, kernel, ops.matrix(), blocks.weightIh());
  }

  /** Makes room for this many blocks. */
  void reserve(int blockCount) {
    dBias = new double[Math.multiplyExact(blockCount, Math.multiplyExact(rows, LANES))];
  }

  /** Forgets the gradients of the biases. */
  void clear() {
    Arrays.fill(dBias, 0);
  }

  /** db += dz of a panel of the block. */
  void addToBias(PanelView dz, int panel, int block) {
    int size = rows * LANES;
    ops.add(size, dz.array(), dz.at(panel), dBias, block * size);
  }

  /** Adds the gradients of every block to its sum; blocks of one shard share one. */
  void add(CellWorkspace s, WindowPanels window, GradientSum[] sums) {
    if (descending.capacity() < window.all().count()) {
      descending = new Panels(window.all().capacity());
    }
    for (int from = 0, to; from < window.blocks(); from = to) {
      to = GradientSum.endOfShard(sums, from);
      window.listDescending(from, to, descending);
      addWeights(s, window, sums[from]);
      for (int block = from; block < to; block++) {
        addBiases(block, sums[block].gradient());
      }
    }
  }

  /** Bytes held. */
  long bytes() {
    long factors = dzInputOnly.bytes() + dzRecurrent.bytes() + h.bytes();
    long numbers =
        (long) Integer.BYTES * descending.capacity() + (long) Double.BYTES * dBias.length;
    return factors + weightHh.bytes() + input.bytes() + numbers;
  }

  private void addWeights(CellWorkspace s, WindowPanels window, GradientSum sum) {
    double[] gradient = sum.gradient();
    int weight = blocks.weightHh().offset();
    sum.start(weightHh, weight);
    input.start(sum);
    int chunk = TransposedPanels.CHUNK;
    for (int first = 0; first < descending.count(); first += chunk) {
      addChunk(s, window, first, Math.min(chunk, descending.count() - first));
    }
    weightHh.store(gradient, weight);
    input.store(gradient);
  }

  private void addChunk(CellWorkspace s, WindowPanels window, int first, int count) {
    dzInputOnly.set(descending, first, count, s.gates());
    dzRecurrent.set(descending, first, count, s.gates());
    h.set(descending, first, count, s.statesBefore());
    weightHh.add(dzRecurrent, h);
    input.select(s, window, descending, first, count);
    input.add(dzInputOnly, dzRecurrent);
  }

  /** Adds a block's bias gradients, its lanes summed in the fixed order, to both biases. */
  private void addBiases(int block, double[] gradient) {
    int recurrentRow = firstRecurrentRow();
    int inputRows = kernel.inputGates() * hidden;
    for (int row = 0; row < rows; row++) {
      double sum = Lanes.sum(dBias, (block * rows + row) * LANES);
      if (row < inputRows) {
        int gate = kernel.inputGate(row / hidden);
        gradient[blocks.biasIh().offset() + gate * hidden + row % hidden] += sum;
      }
      if (row >= recurrentRow) {
        gradient[blocks.biasHh().offset() + row - recurrentRow] += sum;
      }
    }
  }

  private int firstRecurrentRow() {
    return kernel.firstRecurrentGate() * hidden;
  }
}
