package io.hindsight.kernels.layer;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;

/** One layer's weights in the order it reads them; shared by all tasks of a step. */
public sealed interface PackedLayer
    permits PackedRecurrent, PackedLayer.BothWays, PackedLayer.None {
  /** Those of a network's layers, from the input upwards, zero until packed. */
  static PackedLayer[] stack(ParameterLayout layout, GateOps ops) {
    NetworkSpec spec = layout.spec();
    PackedLayer[] layers = new PackedLayer[spec.layers().size()];
    LayerInput input = LayerInput.ofBatch(spec.input());
    int direction = 0;
    for (int layer = 0; layer < layers.length; layer++) {
      if (spec.layers().get(layer) instanceof DropoutSpec) {
        layers[layer] = new None();
      } else {
        LayerBlocks blocks = layout.layers().get(direction++);
        CellKernel kernel = CellKernel.of(blocks.spec().cell(), ops);
        PackedLayer forward = new PackedRecurrent(kernel, blocks, input);
        layers[layer] = forward;
        if (blocks.spec().bidirectional()) {
          LayerBlocks reverse = layout.layers().get(direction++);
          PackedLayer backward = new PackedRecurrent(kernel, reverse, input);
          layers[layer] = new BothWays(forward, backward);
        }
      }
      int rows = spec.layers().get(layer).outputs(input.rows());
      boolean weights = !(layers[layer] instanceof None) || input.wantsGradients();
      input = new Activations(rows, weights); // its shape only: weights hold no values
    }
    return layers;
  }

  /**
   * Of a layer of two directions.
   *
   * @param forward of the one that reads from the start
   * @param backward of the one that reads from the end
   */
  record BothWays(PackedLayer forward, PackedLayer backward) implements PackedLayer {
    @Override
    public void pack(double[] values) {
      forward.pack(values);
      backward.pack(values);
    }

    @Override
    public long bytes() {
      return forward.bytes() + backward.bytes();
    }
  }

  /** Of a layer that has no weights. */
  record None() implements PackedLayer {
    @Override
    public void pack(double[] values) {}

    @Override
    public long bytes() {
      return 0;
    }
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
