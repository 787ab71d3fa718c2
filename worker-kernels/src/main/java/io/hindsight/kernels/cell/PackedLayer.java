package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.Parameters;

/**
 * One layer's weights in the order its kernel reads them; immutable, shared by all tasks of a step.
 */
public final class PackedLayer {
  private static final double[] NONE = {};

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

  /** Packs layer {@code layer} of a network. */
  public PackedLayer(CellKernel kernel, Parameters parameters, int layer) {
    NetworkSpec spec = parameters.layout().spec();
    LayerBlocks blocks = parameters.layout().layer(layer);
    boolean tokens = layer == 0 && spec.input().isTokens();
    this.kernel = kernel;
    hidden = spec.hidden(layer);
    inputs = tokens ? 0 : spec.inputSize(layer);
    double[] values = parameters.values();
    start = start(values, blocks);
    double[] matrix = inputMatrix(values, blocks.weightIh());
    input = PackedMatrix.of(inputRows(), inputs, matrix, 0);
    inputTransposed = PackedMatrix.ofTransposed(inputRows(), layer == 0 ? 0 : inputs, matrix, 0);
    tokenRows = tokens ? tokenRows(matrix, spec.inputSize(layer)) : NONE;
    Block weightHh = blocks.weightHh();
    int sharedRows = inputRows() - firstRecurrentRow();
    int ownRows = weightHh.rows() - sharedRows;
    int ownFrom = weightHh.offset() + sharedRows * hidden;
    recurrent = PackedMatrix.of(sharedRows, hidden, values, weightHh.offset());
    recurrentOnly = PackedMatrix.of(ownRows, hidden, values, ownFrom);
    recurrentTransposed =
        PackedMatrix.ofTransposed(weightHh.rows(), hidden, values, weightHh.offset());
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

  /** Row of the parameters' matrix that an input row is. */
  private int inputParameterRow(int row) {
    return kernel.inputGate(row / hidden) * hidden + row % hidden;
  }

  private double[] start(double[] values, LayerBlocks blocks) {
    double[] rows = new double[kernel.rowBlocks() * hidden];
    int firstRecurrent = firstRecurrentRow();
    for (int row = 0; row < rows.length; row++) {
      if (row < inputRows()) {
        rows[row] = values[blocks.biasIh().offset() + inputParameterRow(row)];
      }
      if (row >= firstRecurrent) {
        rows[row] += values[blocks.biasHh().offset() + row - firstRecurrent];
      }
    }
    return rows;
  }

  /** The input weights with their rows in the kernel's order // (inputGates·H, I). */
  private double[] inputMatrix(double[] values, Block weights) {
    int columns = weights.columns();
    double[] matrix = new double[inputRows() * columns];
    for (int gate = 0; gate < kernel.inputGates(); gate++) {
      int from = weights.offset() + kernel.inputGate(gate) * hidden * columns;
      System.arraycopy(values, from, matrix, gate * hidden * columns, hidden * columns);
    }
    return matrix;
  }

  /** What the rows of z start from, for each token // (V, inputGates·H). */
  private double[] tokenRows(double[] matrix, int vocabulary) {
    int rows = inputRows();
    double[] table = new double[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int token = 0; token < vocabulary; token++) {
        table[token * rows + row] = start[row] + matrix[row * vocabulary + token];
      }
    }
    return table;
  }
}
