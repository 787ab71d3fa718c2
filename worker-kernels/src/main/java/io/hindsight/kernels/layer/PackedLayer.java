package io.hindsight.kernels.layer;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;

/** One layer's weights in the order it reads them; shared by all tasks of a step. */
public sealed interface PackedLayer permits PackedRecurrent {
  /** Those of a network's layers, from the input upwards, zero until packed. */
  static PackedLayer[] stack(ParameterLayout layout, GateOps ops) {
    NetworkSpec spec = layout.spec();
    CellKernel kernel = CellKernel.of(spec.cell(), ops);
    PackedLayer[] layers = new PackedLayer[spec.layers()];
    LayerInput input = LayerInput.ofBatch(spec.input());
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new PackedRecurrent(kernel, layout.layer(layer), input);
      input = new Activations(spec.hidden(layer)); // its shape only: weights hold no values
    }
    return layers;
  }

  /**
   * Takes the present values.
   *
   * @param values the network's parameters // (P)
   */
  void pack(double[] values);

  /** Bytes held. */
  long bytes();
}
