package io.hindsight.kernels.bptt;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.PackedLayer;
import io.hindsight.kernels.loss.PackedHead;
import io.hindsight.kernels.math.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's weights in the order the kernels read them; made once per step, shared by all tasks.
 */
public final class PackedWeights {
  private final NetworkSpec spec;
  private final List<PackedLayer> layers;
  private final PackedHead head;

  private PackedWeights(NetworkSpec spec, List<PackedLayer> layers, PackedHead head) {
    this.spec = spec;
    this.layers = layers;
    this.head = head;
  }

  /** Packs the present values; later changes of the parameters are not seen. */
  public static PackedWeights of(Parameters parameters) {
    NetworkSpec spec = parameters.layout().spec();
    CellKernel kernel = CellKernel.of(spec.cell(), OpsProvider.get().gates());
    List<PackedLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      layers.add(new PackedLayer(kernel, parameters, layer));
    }
    return new PackedWeights(spec, layers, new PackedHead(parameters));
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return spec;
  }

  PackedLayer layer(int layer) {
    return layers.get(layer);
  }

  PackedHead head() {
    return head;
  }
}
