package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.Packing;
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
  final double[] input; // packed (inputGates·H, I); empty for tokens
  final double[] inputTransposed; // packed (I, inputGates·H); empty in the first layer
  final double[] recurrent; // packed (G·H, H)
  final double[] recurrentTransposed; // packed (H, G·H)
  final double[] tokenRows; // (V, inputGates·H); empty for dense inputs

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
    input = tokens ? NONE : Packing.pack(inputRows(), inputs, matrix, 0);
    inputTransposed = layer == 0 ? NONE : Packing.packTransposed(inputRows(), inputs, matrix, 0);
    tokenRows = tokens ? tokenRows(matrix, spec.inputSize(layer)) : NONE;
    Block weightHh = blocks.weightHh();
    recurrent = Packing.pack(weightHh.rows(), hidden, values, weightHh.offset());
    recurrentTransposed =
        Packing.packTransposed(weightHh.rows(), hidden, values, weightHh.offset());
  }

  /** Rows that the input product feeds: inputGates·H, from row 0. */
  int inputRows() {
    return kernel.inputGates() * hidden;
  }

  /** Row of the parameters' matrix that an input row is. */
  private int inputParameterRow(int row) {
    return kernel.inputGate(row / hidden) * hidden + row % hidden;
  }

  private double[] start(double[] values, LayerBlocks blocks) {
    double[] rows = new double[kernel.rowBlocks() * hidden];
    int firstRecurrent = kernel.firstRecurrentGate() * hidden;
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
    for (int row = 0; row < inputRows(); row++) {
      int from = weights.offset() + inputParameterRow(row) * columns;
      System.arraycopy(values, from, matrix, row * columns, columns);
    }
    return matrix;
  }

  /** One row of input weights per token // (V, inputGates·H). */
  private double[] tokenRows(double[] matrix, int vocabulary) {
    int rows = inputRows();
    double[] table = new double[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int token = 0; token < vocabulary; token++) {
        table[token * rows + row] = matrix[row * vocabulary + token];
      }
    }
    return table;
  }
}
