package io.hindsight.kernels.serving;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.GateBiases;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import java.util.stream.Stream;

/** Lays out the weights of a recurrent layer as {@link LayerWeights} has them. */
final class LayerPacking {
  private final CellKernel kernel;
  private final LayerBlocks blocks;
  private final double[] values; // (P)
  private final boolean normalized;
  private final int hidden; // H
  private final int inputs; // I; 0 for tokens

  /**
   * Of a layer.
   *
   * @param tokens whether it reads tokens themselves
   * @param values the network's parameters // (P)
   */
  LayerPacking(CellKernel kernel, LayerBlocks blocks, boolean tokens, double[] values) {
    this.kernel = kernel;
    this.blocks = blocks;
    this.values = values;
    normalized = blocks.norms().isPresent();
    hidden = blocks.weightHh().columns();
    inputs = tokens ? 0 : blocks.weightIh().columns();
  }

  int inputs() {
    return inputs;
  }

  int hidden() {
    return hidden;
  }

  /** P: H rounded up to whole vectors. */
  int units() {
    return Packing.paddedRows(hidden);
  }

  /** The sums of biases, row block by row block // (rowBlocks·P). */
  double[] start() {
    double[] start = new double[kernel.rowBlocks() * units()];
    new GateBiases(kernel, blocks).sum(values, units(), start);
    return start;
  }

  /** Rows of z, or of W x, that the input product feeds. */
  int inputRows() {
    return kernel.inputGates() * stride();
  }

  /** The matrices of the products that have elements. */
  PackedMatrix[] products() {
    Stream<PackedMatrix> all = normalized ? apart() : summed();
    return all.filter(product -> product.values().length > 0).toArray(PackedMatrix[]::new);
  }

  /** Rows from a row block of a product to the next. */
  private int stride() {
    return normalized ? hidden : units();
  }

  /** W where x alone is read, [W U], U where h alone is read. */
  private Stream<PackedMatrix> summed() {
    int first = kernel.firstRecurrentGate();
    int end = kernel.inputGates();
    PackedMatrix input = new PackedMatrix(first * units(), inputs);
    PackedMatrix both = new PackedMatrix((end - first) * units(), inputs + hidden);
    PackedMatrix state = new PackedMatrix((kernel.rowBlocks() - end) * units(), hidden);
    for (int block = 0; block < kernel.rowBlocks(); block++) {
      if (block < first) {
        packInput(block, input, block);
      } else if (block < end) {
        packInput(block, both, block - first);
        packState(block, both, block - first, inputs);
      } else {
        packState(block, state, block - end, 0);
      }
    }
    return Stream.of(input, both.at(first * units(), 0), state.at(end * units(), inputs));
  }

  /** W and U, each of all its rows. */
  private Stream<PackedMatrix> apart() {
    int first = kernel.firstRecurrentGate();
    PackedMatrix input = new PackedMatrix(inputRows(), inputs);
    PackedMatrix state = new PackedMatrix((kernel.rowBlocks() - first) * hidden, hidden);
    for (int block = 0; block < kernel.inputGates(); block++) {
      packInput(block, input, block);
    }
    for (int block = first; block < kernel.rowBlocks(); block++) {
      packState(block, state, block - first, 0);
    }
    return Stream.of(input, state.at(0, inputs));
  }

  private void packInput(int block, PackedMatrix matrix, int to) {
    int from = inputGateAt(block);
    matrix.setBlock(to * stride(), 0, hidden, inputs, values, from);
  }

  private void packState(int block, PackedMatrix matrix, int to, int column) {
    int gate = block - kernel.firstRecurrentGate();
    int from = blocks.weightHh().offset() + gate * hidden * hidden;
    matrix.setBlock(to * stride(), column, hidden, hidden, values, from);
  }

  /** Where the input weights of a row block are among the parameters. */
  private int inputGateAt(int block) {
    Block weights = blocks.weightIh();
    return weights.offset() + kernel.inputGate(block) * hidden * weights.columns();
  }

  /** For each token its column of W, and none for no token, on what z or W x starts from. */
  double[] tokenRows() {
    int rows = inputRows();
    int tokens = blocks.weightIh().columns();
    double[] all = new double[Math.multiplyExact(tokens + 1, rows)];
    double[] first = normalized ? new double[rows] : start();
    for (int token = 0; token <= tokens; token++) {
      System.arraycopy(first, 0, all, token * rows, rows);
    }
    for (int block = 0; block < kernel.inputGates(); block++) {
      int from = inputGateAt(block);
      for (int i = 0; i < hidden * tokens; i++) {
        all[i % tokens * rows + block * stride() + i / tokens] += values[from + i];
      }
    }
    return all;
  }

  /** Null unless the layer is normalised. */
  NormWeights norms() {
    return blocks
        .norms()
        .map(ofLayer -> new NormWeights(kernel, ofLayer, hidden, values))
        .orElse(null);
  }
}
