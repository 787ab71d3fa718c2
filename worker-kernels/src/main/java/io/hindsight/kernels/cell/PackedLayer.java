package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer's weights in the order its kernel reads them; immutable, shared by all tasks of a step.
 */
public final class PackedLayer {
  private static final double[] NONE = {};

  final int inputs; // I; 0 where tokens select a row
  final int hidden; // H
  final double[] start; // (rowBlocks·H): the biases each pre-activation starts from
  final List<Part> parts; // what makes z
  final PackedMatrix inputTransposed; // (I, inputGates·H); without rows in the first layer
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
    inputTransposed = PackedMatrix.ofTransposed(inputRows(), layer == 0 ? 0 : inputs, matrix, 0);
    tokenRows = tokens ? tokenRows(matrix, spec.inputSize(layer)) : NONE;
    Block weightHh = blocks.weightHh();
    parts = parts(matrix, values, weightHh);
    recurrentTransposed =
        PackedMatrix.ofTransposed(weightHh.rows(), hidden, values, weightHh.offset());
  }

  /**
   * One product of those that make z.
   *
   * @param weights (m, k)
   * @param row the first of the m rows of z it makes
   * @param column the first of the k rows of [x; h] it reads
   */
  record Part(PackedMatrix weights, int row, int column) {}

  /** Rows of x alone, rows of x and h, rows of h alone; those that the cell has. */
  private List<Part> parts(double[] matrix, double[] values, Block weightHh) {
    int own = firstRecurrentRow();
    int shared = inputRows() - own;
    int recurrentOnly = weightHh.rows() - shared;
    List<Part> list = new ArrayList<>();
    if (own > 0 && inputs > 0) {
      list.add(new Part(PackedMatrix.of(own, inputs, matrix, 0), 0, 0));
    }
    double[] both = sideBySide(shared, matrix, own * inputs, values, weightHh.offset());
    list.add(new Part(PackedMatrix.of(shared, inputs + hidden, both, 0), own, 0));
    if (recurrentOnly > 0) {
      int from = weightHh.offset() + shared * hidden;
      PackedMatrix weights = PackedMatrix.of(recurrentOnly, hidden, values, from);
      list.add(new Part(weights, inputRows(), inputs));
    }
    return list;
  }

  /** [W U], row by row // (rows, I+H). */
  private double[] sideBySide(int rows, double[] w, int wFrom, double[] u, int uFrom) {
    int columns = inputs + hidden;
    double[] both = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(w, wFrom + row * inputs, both, row * columns, inputs);
      System.arraycopy(u, uFrom + row * hidden, both, row * columns + inputs, hidden);
    }
    return both;
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
