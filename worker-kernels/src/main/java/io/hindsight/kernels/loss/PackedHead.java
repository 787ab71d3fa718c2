package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;

/** The output's weights in the order the head reads them. */
public final class PackedHead {
  final int outputs; // O
  final int hidden; // H of the top layer
  final PackedMatrix weight; // (O, H)
  final PackedMatrix weightTransposed; // (H, O)
  final double[] bias; // (O)
  final double[] zeros; // (H)

  private final Block weightBlock;
  private final Block biasBlock;

  /** The output of a network, its weights zero until packed. */
  public PackedHead(ParameterLayout layout) {
    weightBlock = layout.outWeight();
    biasBlock = layout.outBias();
    outputs = weightBlock.rows();
    hidden = weightBlock.columns();
    weight = new PackedMatrix(outputs, hidden);
    weightTransposed = new PackedMatrix(hidden, outputs);
    bias = new double[outputs];
    zeros = new double[hidden];
  }

  /**
   * Takes the present values.
   *
   * @param values the network's parameters // (P)
   */
  public void pack(double[] values) {
    weight.setRows(0, outputs, values, weightBlock.offset());
    weightTransposed.setColumns(0, outputs, values, weightBlock.offset());
    System.arraycopy(values, biasBlock.offset(), bias, 0, outputs);
  }

  /** Bytes held. */
  public long bytes() {
    long vectors = (long) Double.BYTES * (bias.length + zeros.length);
    return weight.bytes() + weightTransposed.bytes() + vectors;
  }
}
