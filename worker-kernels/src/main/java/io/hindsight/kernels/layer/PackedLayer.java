package io.hindsight.kernels.layer;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.ArrayList;
import java.util.List;

/** One layer's weights in the order it reads them; shared by all tasks of a step. */
public sealed interface PackedLayer
    permits PackedRecurrent, PackedLayer.BothWays, PackedLayer.Tables, PackedLayer.None {
  /** Those of a network's layers, from the input upwards, zero until packed. */
  static PackedLayer[] stack(ParameterLayout layout, GateOps ops) {
    NetworkSpec spec = layout.spec();
    List<PackedLayer> layers = new ArrayList<>();
    LayerInput input = LayerInput.ofBatch(spec.input());
    if (spec.input().isComposed()) {
      layers.add(new Tables());
    }
    int direction = 0;
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof RecurrentSpec recurrent) {
        layers.add(recurrent(layout.layers(), direction, input, ops));
        direction += recurrent.directions();
      } else {
        layers.add(new None());
      }
      boolean weights = layer instanceof RecurrentSpec || input.wantsGradients();
      // Its shape only: weights hold no values.
      input = new Activations(layer.outputs(input.rows()), weights);
    }
    return layers.toArray(PackedLayer[]::new);
  }

  /** Of a layer whose directions begin with the blocks of one. */
  private static PackedLayer recurrent(
      List<LayerBlocks> all, int direction, LayerInput input, GateOps ops) {
    LayerBlocks blocks = all.get(direction);
    CellKernel kernel = CellKernel.of(blocks.spec().cell(), ops);
    PackedLayer forward = new PackedRecurrent(kernel, blocks, input);
    return blocks.spec().bidirectional()
        ? new BothWays(forward, new PackedRecurrent(kernel, all.get(direction + 1), input))
        : forward;
  }

  /**
   * Of a layer of two directions.
   *
   * @param forward of the one that reads from the start
   * @param backward of the one that reads from the end
   */
  record BothWays(PackedLayer forward, PackedLayer backward) implements PackedLayer {
    @Override
    public void pack(double[] values, RangeLoop loop) {
      forward.pack(values, loop);
      backward.pack(values, loop);
    }

    @Override
    public long bytes() {
      return forward.bytes() + backward.bytes();
    }
  }

  /** Of the tables that an input reads: they are read where they are, and not copied. */
  final class Tables implements PackedLayer {
    private double[] parameters = {}; // (P)

    @Override
    public void pack(double[] values, RangeLoop loop) {
      parameters = values;
    }

    /** The parameters last packed, live. */
    double[] parameters() {
      return parameters;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /** Of a layer that has no weights. */
  record None() implements PackedLayer {
    @Override
    public void pack(double[] values, RangeLoop loop) {}

    @Override
    public long bytes() {
      return 0;
    }
  }

  /**
   * Takes the present values.
   *
   * @param values the network's parameters // (P)
   * @param loop over large matrices
   */
  void pack(double[] values, RangeLoop loop);

  /** Bytes held. */
  long bytes();
}
