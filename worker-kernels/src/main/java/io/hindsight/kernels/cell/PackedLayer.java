package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;

/** One layer's weights in the order its kernel reads them; shared by all tasks of a step. */
public final class PackedLayer {
  private static final int TILE = 8;

  final int inputs; // I; 0 where tokens select a row
  final int hidden; // H
  final double[] start; // (rowBlocks·H): the biases each pre-activation starts from
  final PackedMatrix input; // (inputGates·H, I); without columns for tokens
  final PackedMatrix inputTransposed; // (I, inputGates·H); without rows in the first layer
  final PackedMatrix recurrent; // rows that the input product feeds too // (…, H)
  final PackedMatrix recurrentOnly; // rows that it does not: a GRU's n_h // (… or 0, H)
  final PackedMatrix recurrentTransposed; // (H, G·H)
  final double[] tokenRows; // (V, inputGates·H): start + column of W; empty for dense inputs

  private final CellKernel kernel;
  private final LayerBlocks blocks;

  /** Layer {@code layer} of a network, its weights zero until packed. */
  public PackedLayer(CellKernel kernel, ParameterLayout layout, int layer) {
    NetworkSpec spec = layout.spec();
    boolean tokens = layer == 0 && spec.input().isTokens();
    this.kernel = kernel;
    blocks = layout.layer(layer);
    hidden = spec.hidden(layer);
    inputs = tokens ? 0 : spec.inputSize(layer);
    int sharedRows = inputRows() - firstRecurrentRow();
    int recurrentRows = blocks.weightHh().rows();
    start = new double[kernel.rowBlocks() * hidden];
    input = new PackedMatrix(inputRows(), inputs);
    inputTransposed = new PackedMatrix(layer == 0 ? 0 : inputs, inputRows());
    recurrent = new PackedMatrix(sharedRows, hidden);
    recurrentOnly = new PackedMatrix(recurrentRows - sharedRows, hidden);
    recurrentTransposed = new PackedMatrix(hidden, recurrentRows);
    tokenRows = new double[tokens ? blocks.weightIh().size() : 0];
  }

  /**
   * Takes the present values.
   *
   * @param values the network's parameters // (P)
   */
  public void pack(double[] values) {
    packStart(values);
    for (int gate = 0; gate < kernel.inputGates(); gate++) {
      packInputGate(gate, values);
    }
    int from = blocks.weightHh().offset();
    int shared = recurrent.rows();
    recurrent.setRows(0, shared, values, from);
    recurrentOnly.setRows(0, recurrentOnly.rows(), values, from + shared * hidden);
    recurrentTransposed.setColumns(0, recurrentTransposed.columns(), values, from);
  }

  /** Rows that the input product feeds: inputGates·H, from row 0. */
  int inputRows() {
    return kernel.inputGates() * hidden;
  }

  /** First of the rows that the recurrent product feeds. */
  int firstRecurrentRow() {
    return kernel.firstRecurrentGate() * hidden;
  }

  boolean readsTokens() {
    return tokenRows.length > 0;
  }

  /** Bytes held. */
  public long bytes() {
    return input.bytes()
        + inputTransposed.bytes()
        + recurrent.bytes()
        + recurrentOnly.bytes()
        + recurrentTransposed.bytes()
        + Double.BYTES * ((long) start.length + tokenRows.length);
  }

  private void packStart(double[] values) {
    int inputRows = inputRows();
    int firstRecurrent = firstRecurrentRow();
    for (int row = 0; row < start.length; row++) {
      double bias = 0;
      if (row < inputRows) {
        int gate = kernel.inputGate(row / hidden);
        bias = values[blocks.biasIh().offset() + gate * hidden + row % hidden];
      }
      if (row >= firstRecurrent) {
        bias += values[blocks.biasHh().offset() + row - firstRecurrent];
      }
      start[row] = bias;
    }
  }

  /** The input weights of one row block, wherever its rows are among the parameters. */
  private void packInputGate(int gate, double[] values) {
    Block weights = blocks.weightIh();
    int row = gate * hidden;
    int from = weights.offset() + kernel.inputGate(gate) * hidden * weights.columns();
    if (readsTokens()) {
      packTokens(row, values, from);
      return;
    }
    input.setRows(row, hidden, values, from);
    if (inputTransposed.rows() > 0) {
      inputTransposed.setColumns(row, hidden, values, from);
    }
  }

  /** What H rows of z start from, for each token; in tiles, so that writes are neighbours. */
  private void packTokens(int firstRow, double[] values, int from) {
    int vocabulary = blocks.weightIh().columns();
    int rows = inputRows();
    for (int first = 0; first < hidden; first += TILE) {
      int count = Math.min(TILE, hidden - first);
      for (int token = 0; token < vocabulary; token++) {
        int weight = from + first * vocabulary + token;
        int row = firstRow + first;
        int to = token * rows + row;
        for (int i = 0; i < count; i++) {
          tokenRows[to + i] = start[row + i] + values[weight + i * vocabulary];
        }
      }
    }
  }
}
