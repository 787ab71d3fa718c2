package io.hindsight.driver.config;

import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The layers of a network in the words of configurations. */
public final class LayerWords {
  private LayerWords() {}

  /** For people: {@code lstm [64, 64], dropout 0.2}, or one layer after another with its keys. */
  public static String text(List<LayerSpec> layers) {
    Optional<UniformLayers> uniform = UniformLayers.of(layers);
    return uniform.isPresent()
        ? text(uniform.get())
        : layers.stream().map(LayerWords::text).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(UniformLayers uniform) {
    StringBuilder text = new StringBuilder(uniform.layer().cell().name());
    text.append(' ').append(uniform.hidden());
    optionsOf(uniform).forEach((key, value) -> text.append(", " + key + " " + value));
    return text.toString();
  }

  private static String text(LayerSpec layer) {
    return keys(layer).entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** What equal layers have beside their cell and their units. */
  public static Map<String, Object> optionsOf(UniformLayers uniform) {
    Map<String, Object> keys = new LinkedHashMap<>();
    putIf(uniform.dropout() > 0, "dropout", uniform.dropout(), keys);
    putIf(uniform.inputDropout() > 0, "input-dropout", uniform.inputDropout(), keys);
    putOptions(uniform.layer(), keys);
    return keys;
  }

  /** The keys of a layer, as an entry of {@code model.layers} has them. */
  public static Map<String, Object> keys(LayerSpec layer) {
    Map<String, Object> keys = new LinkedHashMap<>();
    if (layer instanceof DropoutSpec dropout) {
      keys.put("dropout", dropout.rate());
      putIf(dropout.variational(), "variational", true, keys);
      return keys;
    }
    RecurrentSpec recurrent = (RecurrentSpec) layer;
    putCell(recurrent.cell(), keys);
    keys.put("hidden", recurrent.hidden());
    putOptions(recurrent, keys);
    return keys;
  }

  /** Adds {@code cell}, and {@code activation} where it can be chosen. */
  public static void putCell(Cell cell, Map<String, Object> keys) {
    keys.put("cell", cell.name());
    if (cell instanceof RnnCell rnn) {
      keys.put("activation", rnn.activation().word());
    }
  }

  private static void putOptions(RecurrentSpec layer, Map<String, Object> keys) {
    StateNoise noise = layer.noise();
    putIf(layer.bidirectional(), "bidirectional", true, keys);
    putIf(layer.layerNorm(), "layer-norm", true, keys);
    putIf(layer.residual(), "residual", true, keys);
    putIf(noise.recurrentDropout() > 0, "recurrent-dropout", noise.recurrentDropout(), keys);
    putIf(noise.hasZoneout(), "zoneout", noise.zoneoutHidden(), keys);
    boolean differs = noise.zoneoutCell() != noise.zoneoutHidden();
    putIf(differs && layer.cell().hasCellState(), "zoneout-cell", noise.zoneoutCell(), keys);
  }

  private static void putIf(boolean condition, String key, Object value, Map<String, Object> keys) {
    if (condition) {
      keys.put(key, value);
    }
  }
}
