package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;

/** The output's weights in the order the head reads them; immutable. */
public final class PackedHead {
  final int outputs; // O
  final int hidden; // H of the top layer
  final double[] weight; // packed (O, H)
  final double[] weightTransposed; // packed (H, O)
  final double[] bias; // (O)

  /** Packs the output of a network. */
  public PackedHead(Parameters parameters) {
    Block weights = parameters.layout().outWeight();
    Block biases = parameters.layout().outBias();
    double[] values = parameters.values();
    outputs = weights.rows();
    hidden = weights.columns();
    weight = Packing.pack(outputs, hidden, values, weights.offset());
    weightTransposed = Packing.packTransposed(outputs, hidden, values, weights.offset());
    bias = Arrays.copyOfRange(values, biases.offset(), biases.end());
  }
}
