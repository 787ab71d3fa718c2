package io.hindsight.driver.config;

import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The layers of a network in the words of configurations. */
public final class LayerWords {
  private LayerWords() {}

  /** For people: {@code lstm [64, 64]}, or one layer after another. */
  public static String text(List<LayerSpec> layers) {
    Optional<Cell> cell = NetworkSpec.plainCell(layers);
    return cell.isPresent()
        ? cell.get().name() + " " + NetworkSpec.hidden(layers)
        : layers.stream().map(LayerWords::text).collect(Collectors.joining(", "));
  }

  private static String text(LayerSpec layer) {
    RecurrentSpec recurrent = (RecurrentSpec) layer;
    return recurrent.cell().name() + " " + recurrent.hidden();
  }

  /** The keys of a layer, as an entry of {@code model.layers} has them. */
  public static Map<String, Object> keys(LayerSpec layer) {
    Map<String, Object> keys = new LinkedHashMap<>();
    RecurrentSpec recurrent = (RecurrentSpec) layer;
    putCell(recurrent.cell(), keys);
    keys.put("hidden", recurrent.hidden());
    return keys;
  }

  /** Adds {@code cell}, and {@code activation} where it can be chosen. */
  public static void putCell(Cell cell, Map<String, Object> keys) {
    keys.put("cell", cell.name());
    if (cell instanceof RnnCell rnn) {
      keys.put("activation", rnn.activation().word());
    }
  }
}
