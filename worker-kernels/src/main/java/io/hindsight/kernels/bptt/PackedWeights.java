package io.hindsight.kernels.bptt;

import io.hindsight.kernels.layer.PackedLayer;
import io.hindsight.kernels.loss.PackedHead;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;

/**
 * A network's weights in the order the kernels read them; packed once per step, shared by all
 * tasks.
 *
 * <p>An object may be packed again, without allocation, when no task reads it any more.
 */
public final class PackedWeights {
  private final NetworkSpec spec;
  private final PackedLayer[] layers; // [L]
  private final PackedHead head;

  /** For a network of this shape, the weights zero until {@link #pack}. */
  public PackedWeights(NetworkSpec spec) {
    this.spec = spec;
    ParameterLayout layout = new ParameterLayout(spec);
    layers = PackedLayer.stack(layout, OpsProvider.get().gates());
    head = new PackedHead(layout);
  }

  /** New packed weights with the present values; later changes of the parameters are not seen. */
  public static PackedWeights of(Parameters parameters) {
    PackedWeights weights = new PackedWeights(parameters.layout().spec());
    boolean refers = parameters.layout().spec().input().isEmbedded();
    weights.pack(refers ? parameters.copy() : parameters);
    return weights;
  }

  /**
   * Takes the present values in place of the ones before. The rows of tables are read where they
   * are: they must stay as they are as long as tasks read these weights.
   *
   * @throws IllegalArgumentException if they belong to another network
   */
  public void pack(Parameters parameters) {
    pack(parameters, RangeLoop.SERIAL);
  }

  /** As the other, large matrices on as many threads as the loop has. */
  public void pack(Parameters parameters, RangeLoop loop) {
    NetworkSpec other = parameters.layout().spec();
    if (!other.equals(spec)) {
      throw new IllegalArgumentException(
          "parameters of %s cannot be packed as those of %s; use PackedWeights.of"
              .formatted(other, spec));
    }
    for (PackedLayer layer : layers) {
      layer.pack(parameters.values(), loop);
    }
    head.pack(parameters.values());
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Bytes held. */
  public long bytes() {
    long bytes = head.bytes();
    for (PackedLayer layer : layers) {
      bytes += layer.bytes();
    }
    return bytes;
  }

  PackedLayer layer(int layer) {
    return layers[layer];
  }

  PackedHead head() {
    return head;
  }
}
