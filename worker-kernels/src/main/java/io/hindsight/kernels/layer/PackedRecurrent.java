package io.hindsight.kernels.layer;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.GateBiases;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.parallel.RangeLoop;
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
  final double[] tokenRows; // (V+1, inputGates·H): columns of W and a 0, on productStart; dense: {}
  final PackedMatrix inputOnly; // W of rows without U: a GRU's n_x, all if normalised // (…, I)
  final PackedMatrix recurrentOnly; // U of rows without W: n_h, all if normalised // (…, H)
  final PackedNorms norms; // null unless the layer is normalised

  private final double[] productStart; // start; zeros if the layer is normalised
  private final PackedMatrix both; // [W U] of the other rows // (…, I+H)
  private final GateBiases biases;
  private final CellKernel kernel;
  private final LayerBlocks blocks;

  /** Of a layer that reads {@code input}, zero until packed. */
  PackedRecurrent(CellKernel kernel, LayerBlocks blocks, LayerInput input) {
    this.kernel = kernel;
    this.blocks = blocks;
    hidden = blocks.weightHh().columns();
    inputs = input.rows();
    norms = blocks.norms().map(ofLayer -> new PackedNorms(kernel, ofLayer, hidden)).orElse(null);
    int inputOnlyRows = norms == null ? firstRecurrentRow() : inputRows();
    int sharedRows = inputRows() - inputOnlyRows;
    int recurrentRows = blocks.weightHh().rows();
    int recurrentOnlyRows = recurrentRows - sharedRows;
    start = new double[kernel.rowBlocks() * hidden];
    productStart = norms == null ? start : new double[start.length];
    biases = new GateBiases(kernel, blocks);
    inputOnly = new PackedMatrix(inputOnlyRows, inputs);
    both = new PackedMatrix(sharedRows, inputs + hidden).at(inputOnlyRows, 0);
    inputTransposed = new PackedMatrix(input.wantsGradients() ? inputs : 0, inputRows());
    recurrentOnly =
        new PackedMatrix(recurrentOnlyRows, hidden).at(start.length - recurrentOnlyRows, inputs);
    recurrentTransposed = new PackedMatrix(hidden, recurrentRows).at(0, firstRecurrentRow());
    boolean tokens = input instanceof BatchTokens;
    tokenRows = new double[tokens ? blocks.weightIh().size() + inputRows() : 0];
    products =
        Stream.of(inputOnly, both, recurrentOnly)
            .filter(product -> product.values().length > 0)
            .toArray(PackedMatrix[]::new);
  }

  @Override
  public void pack(double[] values, RangeLoop loop) {
    biases.sum(values, hidden, start);
    if (norms != null) {
      norms.pack(values);
    }
    if (readsTokens()) {
      System.arraycopy(productStart, 0, tokenRows, noToken(), inputRows());
    }
    for (int gate = 0; gate < kernel.inputGates(); gate++) {
      packInputGate(gate, values, loop);
    }
    int recurrent = blocks.weightHh().size();
    if (recurrent < RangeLoop.CHUNK) { // without a loop, whose body would be an object
      packRecurrent(0, recurrent, values);
    } else {
      loop.run(recurrent, (from, end) -> packRecurrent(from, end, values));
    }
  }

  /** The first row of the blocks of 8 that begin at this element of a matrix or later. */
  private static int firstRow(int element, int rows, int columns) {
    long row = ((long) element + columns - 1) / columns;
    return (int) Math.min(rows, (row + TILE - 1) / TILE * TILE);
  }

  /** The recurrent weights of the blocks of rows that begin among some elements. */
  private void packRecurrent(int fromElement, int endElement, double[] values) {
    int rows = blocks.weightHh().rows();
    int first = firstRow(fromElement, rows, hidden);
    int end = firstRow(endElement, rows, hidden);
    int at = blocks.weightHh().offset();
    int shared = both.rows();
    if (first < shared) {
      int count = Math.min(end, shared) - first;
      both.setBlock(first, inputs, count, hidden, values, at + first * hidden);
    }
    if (end > shared) {
      int only = Math.max(first, shared);
      recurrentOnly.setRows(only - shared, end - only, values, at + only * hidden);
    }
    recurrentTransposed.setColumns(first, end - first, values, at + first * hidden);
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
        + (norms == null ? 0 : norms.bytes() + (long) Double.BYTES * productStart.length)
        + Double.BYTES * ((long) start.length + tokenRows.length);
  }

  /** The input weights of one row block, wherever its rows are among the parameters. */
  private void packInputGate(int gate, double[] values, RangeLoop loop) {
    Block weights = blocks.weightIh();
    int columns = weights.columns();
    int row = gate * hidden;
    int at = weights.offset() + kernel.inputGate(gate) * hidden * columns;
    if (readsTokens()) {
      packTokens(row, values, at);
      return;
    }
    int size = hidden * columns;
    if (size < RangeLoop.CHUNK) {
      packInput(row, hidden, values, at);
    } else {
      loop.run(size, (from, end) -> packInputRows(gate, from, end, values));
    }
  }

  /** The rows of a row block of the blocks of 8 that begin among some elements. */
  private void packInputRows(int gate, int fromElement, int endElement, double[] values) {
    Block weights = blocks.weightIh();
    int columns = weights.columns();
    int first = firstRow(fromElement, hidden, columns);
    int count = firstRow(endElement, hidden, columns) - first;
    int row = kernel.inputGate(gate) * hidden + first;
    packInput(gate * hidden + first, count, values, weights.offset() + row * columns);
  }

  private void packInput(int row, int count, double[] values, int from) {
    if (row < inputOnly.rows()) {
      inputOnly.setRows(row, count, values, from);
    } else {
      both.setBlock(row - inputOnly.rows(), 0, count, inputs, values, from);
    }
    if (inputTransposed.rows() > 0) {
      inputTransposed.setColumns(row, count, values, from);
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
          tokenRows[to + i] = productStart[row + i] + values[weight + i * vocabulary];
        }
      }
    }
  }
}
