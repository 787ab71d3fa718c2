package io.hindsight.kernels.layer;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import java.util.stream.Stream;

/** The weights of a recurrent layer. */
final class PackedRecurrent implements PackedLayer {
  private static final int TILE = Packing.ROWS;

  final int inputs; // I; 0 for tokens
  final int hidden; // H
  final double[] start; // (rowBlocks·H): the biases each pre-activation starts from
  final PackedMatrix[] products; // what makes z of [x; h]; a list's iterator might be allocated
  final PackedMatrix inputTransposed; // (I, inputGates·H); no rows without a layer below
  final PackedMatrix recurrentTransposed; // (H, G·H), of the last rows of z
  final double[] tokenRows; // (V+1, inputGates·H): start + column of W, start; empty for dense

  private final PackedMatrix inputOnly; // W of rows without U: a GRU's n_x // (… or 0, I)
  private final PackedMatrix both; // [W U] // (…, I+H)
  private final PackedMatrix recurrentOnly; // U of rows without W: a GRU's n_h // (… or 0, H)
  private final CellKernel kernel;
  private final LayerBlocks blocks;

  /** Of a layer that reads {@code input}, zero until packed. */
  PackedRecurrent(CellKernel kernel, LayerBlocks blocks, LayerInput input) {
    this.kernel = kernel;
    this.blocks = blocks;
    hidden = blocks.weightHh().columns();
    inputs = input.rows();
    int sharedRows = inputRows() - firstRecurrentRow();
    int recurrentRows = blocks.weightHh().rows();
    start = new double[kernel.rowBlocks() * hidden];
    inputOnly = new PackedMatrix(firstRecurrentRow(), inputs);
    both = new PackedMatrix(sharedRows, inputs + hidden).at(firstRecurrentRow(), 0);
    inputTransposed = new PackedMatrix(input.wantsGradients() ? inputs : 0, inputRows());
    recurrentOnly = new PackedMatrix(recurrentRows - sharedRows, hidden).at(inputRows(), inputs);
    recurrentTransposed = new PackedMatrix(hidden, recurrentRows).at(0, firstRecurrentRow());
    boolean tokens = input instanceof BatchTokens;
    tokenRows = new double[tokens ? blocks.weightIh().size() + inputRows() : 0];
    products =
        Stream.of(inputOnly, both, recurrentOnly)
            .filter(product -> product.values().length > 0)
            .toArray(PackedMatrix[]::new);
  }

  @Override
  public void pack(double[] values) {
    packStart(values);
    if (readsTokens()) {
      System.arraycopy(start, 0, tokenRows, noToken(), inputRows());
    }
    for (int gate = 0; gate < kernel.inputGates(); gate++) {
      packInputGate(gate, values);
    }
    int from = blocks.weightHh().offset();
    int shared = both.rows();
    both.setBlock(0, inputs, shared, hidden, values, from);
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

  /** Where the row that is read for no token starts in {@link #tokenRows}. */
  int noToken() {
    return blocks.weightIh().size();
  }

  @Override
  public long bytes() {
    return inputOnly.bytes()
        + both.bytes()
        + recurrentOnly.bytes()
        + inputTransposed.bytes()
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
    if (row < inputOnly.rows()) {
      inputOnly.setRows(row, hidden, values, from);
    } else {
      both.setBlock(row - inputOnly.rows(), 0, hidden, inputs, values, from);
    }
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
