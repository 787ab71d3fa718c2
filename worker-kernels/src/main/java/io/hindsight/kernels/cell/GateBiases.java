package io.hindsight.kernels.cell;

import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import java.util.List;

/**
 * What the pre-activations z of a layer start from: the sums of its biases, and their gradients.
 */
public final class GateBiases {
  private final CellKernel kernel;
  private final int hidden; // H
  private final int[] ofInputs; // where they are among the parameters
  private final int[] ofStates;

  /** Of a layer, or one of its directions. */
  public GateBiases(CellKernel kernel, LayerBlocks blocks) {
    this.kernel = kernel;
    hidden = blocks.weightHh().columns();
    ofInputs = offsets(blocks.inputBiases());
    ofStates = offsets(blocks.recurrentBiases());
  }

  /** Where blocks are in the parameters: an array, as a list's iterator might be allocated. */
  private static int[] offsets(List<Block> blocks) {
    return blocks.stream().mapToInt(Block::offset).toArray();
  }

  /**
   * Sums the present values.
   *
   * @param values the network's parameters // (P)
   * @param stride from a row block to the next, at least H
   * @param start (rowBlocks·stride); what lies between the row blocks is left alone
   */
  public void sum(double[] values, int stride, double[] start) {
    for (int block = 0; block < kernel.rowBlocks(); block++) {
      for (int row = 0; row < hidden; row++) {
        start[block * stride + row] = sum(values, block, row);
      }
    }
  }

  private double sum(double[] values, int block, int row) {
    double bias = 0;
    if (block < kernel.inputGates()) {
      bias = sum(values, ofInputs, kernel.inputGate(block) * hidden + row);
    }
    if (block >= kernel.firstRecurrentGate()) {
      bias += sum(values, ofStates, (block - kernel.firstRecurrentGate()) * hidden + row);
    }
    return bias;
  }

  private static double sum(double[] values, int[] vectors, int row) {
    double sum = values[vectors[0] + row];
    for (int i = 1; i < vectors.length; i++) {
      sum += values[vectors[i] + row];
    }
    return sum;
  }

  /**
   * Of {@link #sum}: adds the gradient of a row of a row block to all biases that it is the sum of.
   *
   * @param gradient (P)
   */
  public void addGradient(int block, int row, double d, double[] gradient) {
    if (block < kernel.inputGates()) {
      add(d, gradient, ofInputs, kernel.inputGate(block) * hidden + row);
    }
    if (block >= kernel.firstRecurrentGate()) {
      add(d, gradient, ofStates, (block - kernel.firstRecurrentGate()) * hidden + row);
    }
  }

  private static void add(double d, double[] gradient, int[] vectors, int row) {
    for (int vector : vectors) {
      gradient[vector + row] += d;
    }
  }
}
