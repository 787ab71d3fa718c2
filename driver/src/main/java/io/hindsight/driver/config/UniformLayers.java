package io.hindsight.driver.config;

import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stack of recurrent layers that differ in their units only: the short form of {@code model}.
 *
 * @param layer each of them, but for its units; if it is residual, so is each layer above the first
 *     whose width is that of the layer below
 * @param hidden units of each, from the input upwards
 * @param dropout between them; 0 for none
 * @param inputDropout of what each reads, the same units at all steps; 0 for none
 */
public record UniformLayers(
    RecurrentSpec layer, List<Integer> hidden, double dropout, double inputDropout) {
  public UniformLayers {
    hidden = List.copyOf(hidden);
  }

  /** One by one, from the input upwards. */
  public List<LayerSpec> layers() {
    List<LayerSpec> layers = new ArrayList<>();
    int below = 0; // rows of the layer below
    for (int units : hidden) {
      if (dropout > 0 && !layers.isEmpty()) {
        layers.add(new DropoutSpec(dropout, false));
      }
      if (inputDropout > 0) {
        layers.add(new DropoutSpec(inputDropout, true));
      }
      RecurrentSpec one = layer.withHidden(units);
      layers.add(one.withResidual(layer.residual() && one.outputs(below) == below));
      below = one.outputs(below);
    }
    return layers;
  }

  /** The stack that some layers are, if they are one. */
  public static Optional<UniformLayers> of(List<LayerSpec> layers) {
    List<RecurrentSpec> recurrent = NetworkSpec.recurrent(layers);
    boolean residual = recurrent.stream().anyMatch(RecurrentSpec::residual);
    UniformLayers uniform =
        new UniformLayers(
            recurrent.get(0).withResidual(residual),
            NetworkSpec.hidden(layers),
            rate(layers, false),
            rate(layers, true));
    return uniform.layers().equals(layers) ? Optional.of(uniform) : Optional.empty();
  }

  /** The first rate of a kind of dropout, or 0. */
  private static double rate(List<LayerSpec> layers, boolean variational) {
    return layers.stream()
        .filter(DropoutSpec.class::isInstance)
        .map(DropoutSpec.class::cast)
        .filter(dropout -> dropout.variational() == variational)
        .mapToDouble(DropoutSpec::rate)
        .findFirst()
        .orElse(0);
  }
}
