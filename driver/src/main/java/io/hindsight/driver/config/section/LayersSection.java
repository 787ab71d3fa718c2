package io.hindsight.driver.config.section;

import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.UniformLayers;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of the {@code model} section: {@code cell}, {@code hidden} and what all layers have
 * for a stack of equal ones, {@code layers} for a list of any.
 */
final class LayersSection {
  private static final Range UNITS = Range.between(1, 65_536);
  private static final List<String> OF_ALL =
      List.of(
          "cell",
          "activation",
          "hidden",
          "bidirectional",
          "layer-norm",
          "residual",
          "dropout",
          "input-dropout",
          "recurrent-dropout",
          "zoneout",
          "zoneout-cell");

  private LayersSection() {}

  /** Reads the layers, from the input upwards; empty if they are missing or wrong. */
  static List<LayerSpec> read(Section model) {
    if (!model.has("layers")) {
      return readUniform(model);
    }
    model.refuseAll(OF_ALL, "is said layer by layer, as there are layers", "delete the line");
    List<LayerSpec> layers = new ArrayList<>();
    for (Section layer : model.sections("layers")) {
      if (layer.has("dropout")) {
        boolean variational = layer.flag("variational", false);
        layers.add(new DropoutSpec(rate(layer, "dropout"), variational));
      } else {
        layer.require("hidden", "give the units of the layer, for example 64");
        RecurrentSpec one = recurrent(layer);
        Optional<Integer> hidden = new SectionNumbers(layer).integer("hidden", UNITS);
        hidden.ifPresent(units -> layers.add(one.withHidden(units)));
      }
    }
    if (NetworkSpec.recurrent(layers).isEmpty() && model.sound("layers")) {
      String remedy = "add a recurrent one, for example {cell: lstm, hidden: 64}";
      model.problem("layers", "none of the layers is recurrent", remedy);
    }
    return layers;
  }

  private static List<LayerSpec> readUniform(Section model) {
    model.require("hidden", "give the units of each layer, for example [64]");
    RecurrentSpec layer = recurrent(model);
    List<Integer> hidden = new SectionNumbers(model).integers("hidden", UNITS, "64");
    double dropout = rate(model, "dropout");
    double inputDropout = rate(model, "input-dropout");
    if (dropout > 0 && hidden.size() == 1 && model.sound("hidden")) {
      String message = "is between layers, but there is one layer only";
      model.problem("dropout", message, "use input-dropout or recurrent-dropout, or two layers");
    }
    List<LayerSpec> layers = new UniformLayers(layer, hidden, dropout, inputDropout).layers();
    boolean none = NetworkSpec.recurrent(layers).stream().noneMatch(RecurrentSpec::residual);
    if (layer.residual() && none && model.sound("hidden") && !hidden.isEmpty()) {
      String message = "no layer is as wide as the one below it, for hidden is " + hidden;
      model.problem("residual", message, "make the units of two neighbours equal, or delete this");
    }
    return layers;
  }

  /** A layer of one unit. */
  private static RecurrentSpec recurrent(Section section) {
    Cell cell = cell(section);
    boolean bidirectional = section.flag("bidirectional", false);
    boolean layerNorm = section.flag("layer-norm", false);
    boolean residual = section.flag("residual", false);
    return new RecurrentSpec(cell, 1, bidirectional, layerNorm, residual, noise(section, cell));
  }

  private static StateNoise noise(Section section, Cell cell) {
    double recurrentDropout = rate(section, "recurrent-dropout");
    double hidden = rate(section, "zoneout");
    if (!cell.hasCellState()) {
      String message = "only lstm has a cell state, but the cell is " + cell.name();
      section.refuse("zoneout-cell", message, "delete the line, or use cell: lstm");
      return new StateNoise(recurrentDropout, hidden, 0);
    }
    double ofCell = section.has("zoneout-cell") ? rate(section, "zoneout-cell") : hidden;
    return new StateNoise(recurrentDropout, hidden, ofCell);
  }

  private static double rate(Section section, String key) {
    return new SectionNumbers(section).number(key, Range.FRACTION).orElse(0.0);
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
    Optional<UniformLayers> uniform = UniformLayers.of(layers);
    if (uniform.isPresent()) {
      LayerWords.putCell(uniform.get().layer().cell(), keys);
      keys.put("hidden", uniform.get().hidden());
      keys.putAll(LayerWords.optionsOf(uniform.get()));
    } else {
      keys.put("layers", layers.stream().map(LayerWords::keys).toList());
    }
    return keys;
  }
}
