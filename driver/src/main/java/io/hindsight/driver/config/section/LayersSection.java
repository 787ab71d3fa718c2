package io.hindsight.driver.config.section;

import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of the {@code model} section: {@code cell} and {@code hidden} for a stack of equal
 * ones, {@code layers} for a list of any.
 */
final class LayersSection {
  private static final Range UNITS = Range.between(1, 65_536);
  private static final List<String> SHORT = List.of("cell", "activation", "hidden");

  private LayersSection() {}

  /** Reads the layers, from the input upwards; empty if they are missing or wrong. */
  static List<LayerSpec> read(Section model) {
    if (!model.has("layers")) {
      return readShort(model);
    }
    model.refuseAll(SHORT, "is said layer by layer, as there are layers", "delete the line");
    List<LayerSpec> layers = new ArrayList<>();
    for (Section layer : model.sections("layers")) {
      layer.require("hidden", "give the units of the layer, for example 64");
      Cell cell = cell(layer);
      Optional<Integer> hidden = new SectionNumbers(layer).integer("hidden", UNITS);
      hidden.ifPresent(units -> layers.add(new RecurrentSpec(cell, units)));
    }
    return layers;
  }

  private static List<LayerSpec> readShort(Section model) {
    model.require("hidden", "give the units of each layer, for example [64]");
    Cell cell = cell(model);
    List<Integer> hidden = new SectionNumbers(model).integers("hidden", UNITS, "64");
    Unavailable.flag(model, "bidirectional");
    Unavailable.dropout(model);
    return NetworkSpec.plainLayers(cell, hidden);
  }

  private static Cell cell(Section section) {
    section.require("cell", "use one of " + String.join(", ", Cell.NAMES));
    Optional<String> cell = section.oneOf("cell", Cell.NAMES);
    Activation activation =
        section.choice("activation", Activation.class).orElse(ModelConfig.DEFAULT_ACTIVATION);
    if (cell.isPresent() && !cell.get().equals("rnn")) {
      String message = "the functions of " + cell.get() + " are fixed";
      section.refuse("activation", message, "delete the line, or use cell: rnn");
    }
    return cell.map(name -> Cell.named(name, () -> activation)).orElse(new RnnCell(activation));
  }

  /** Writes the keys, in the short form where it says all. */
  static Map<String, Object> write(List<LayerSpec> layers) {
    Map<String, Object> keys = new LinkedHashMap<>();
    Optional<Cell> cell = NetworkSpec.plainCell(layers);
    if (cell.isPresent()) {
      LayerWords.putCell(cell.get(), keys);
      keys.put("hidden", NetworkSpec.hidden(layers));
    } else {
      keys.put("layers", layers.stream().map(LayerWords::keys).toList());
    }
    return keys;
  }
}
