package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;

/** The output's weights in the order the head reads them; immutable. */
public final class PackedHead {
  final int outputs; // O
  final int hidden; // H of the top layer
  final PackedMatrix weight; // (O, H)
  final PackedMatrix weightTransposed; // (H, O)
  final double[] bias; // (O)

  /** Packs the output of a network. */
  public PackedHead(Parameters parameters) {
    Block weights = parameters.layout().outWeight();
    Block biases = parameters.layout().outBias();
    double[] values = parameters.values();
    outputs = weights.rows();
    hidden = weights.columns();
    weight = PackedMatrix.of(outputs, hidden, values, weights.offset());
    weightTransposed = PackedMatrix.ofTransposed(outputs, hidden, values, weights.offset());
    bias = Arrays.copyOfRange(values, biases.offset(), biases.end());
  }
}
