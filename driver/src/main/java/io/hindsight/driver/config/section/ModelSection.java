package io.hindsight.driver.config.section;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.ModelConfig.InitialWeights;
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.RnnCell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code model} section. */
final class ModelSection {
  private static final List<String> CELLS = List.of("rnn", "lstm", "gru");
  private static final Range UNITS = Range.between(1, 65_536);

  private ModelSection() {}

  /**
   * Reads the section.
   *
   * @param output its {@code output} section
   * @param data decides what the output must be
   */
  static ModelConfig read(Section model, OutputSection output, DataSpec data) {
    Cell cell = cell(model);
    model.require("hidden", "give the units of each layer, for example [64]");
    List<Integer> hidden = new SectionNumbers(model).integers("hidden", UNITS, "64");
    Unavailable.flag(model, "bidirectional");
    Unavailable.dropout(model);
    OutputKind kind = output.kindFor(targetKind(data));
    At at = at(output, data);
    return new ModelConfig(cell, hidden, kind.loss(), at, initial(model, cell));
  }

  private static Cell cell(Section model) {
    model.require("cell", "use one of " + String.join(", ", CELLS));
    Optional<String> cell = model.oneOf("cell", CELLS);
    Activation activation =
        model.choice("activation", Activation.class).orElse(ModelConfig.DEFAULT_ACTIVATION);
    if (cell.isPresent() && !cell.get().equals("rnn")) {
      String message = "the functions of " + cell.get() + " are fixed";
      model.refuse("activation", message, "delete the line, or use cell: rnn");
    }
    return switch (cell.orElse("rnn")) {
      case "lstm" -> new LstmCell();
      case "gru" -> new GruCell();
      default -> new RnnCell(activation);
    };
  }

  private static TargetKind targetKind(DataSpec data) {
    if (data instanceof DataSpec.Table table) {
      return table.targetKind();
    }
    return data instanceof DataSpec.Generator task
        ? GeneratorSection.targetKind(task.name())
        : TargetKind.CLASS;
  }

  private static At at(OutputSection output, DataSpec data) {
    return data instanceof DataSpec.Generator task
        ? output.at(GeneratorSection.at(task.name()), task.name())
        : output.at(Optional.empty(), "the data");
  }

  private static InitialWeights initial(Section model, Cell cell) {
    Section section = model.section("initial");
    InitialWeights usual = InitialWeights.DEFAULT;
    InitialKind type = section.choice("type", InitialKind.class).orElse(usual.type());
    Optional<Double> forgetBias = new SectionNumbers(section).number("forget-bias", Range.ANY);
    if (!(cell instanceof LstmCell) && model.sound("cell") && section.sound("forget-bias")) {
      String message = "only lstm has a forget gate, but the cell is " + cell.name();
      section.refuse("forget-bias", message, "delete the line, or use cell: lstm");
    }
    return new InitialWeights(type, forgetBias.orElse(usual.forgetBias()));
  }

  /** Writes the section. */
  static Map<String, Object> write(ModelConfig config) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("cell", config.cell().name());
    if (config.cell() instanceof RnnCell rnn) {
      model.put("activation", Words.of(rnn.activation()));
    }
    model.put("hidden", config.hidden());
    model.put("output", OutputSection.write(config));
    Map<String, Object> initial = new LinkedHashMap<>();
    initial.put("type", Words.of(config.initial().type()));
    if (!Double.isNaN(config.initial().forgetBias())) {
      initial.put("forget-bias", config.initial().forgetBias());
    }
    model.put("initial", initial);
    return model;
  }
}
