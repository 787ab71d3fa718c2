package io.hindsight.driver.config.section;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.config.Embedding;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.ModelConfig.InitialWeights;
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.categories.EmbeddingKey;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.ResidualRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code model} section. */
final class ModelSection {
  private ModelSection() {}

  /**
   * Reads the section.
   *
   * @param output its {@code output} section
   * @param data decides what the output must be
   */
  static ModelConfig read(Section model, OutputSection output, DataSpec data) {
    List<LayerSpec> layers = LayersSection.read(model);
    Optional<Embedding> embedding = EmbeddingKey.read(model, data, readsTokens(data), top(layers));
    boolean readsTokens = readsTokens(data) && embedding.isEmpty();
    if (!layers.isEmpty() && layers.get(0) instanceof DropoutSpec && readsTokens) {
      String key = model.has("layers") ? "layers" : "input-dropout";
      String message = "the first layer reads tokens, which are no numbers that could be dropped";
      model.problem(
          key,
          message,
          "use recurrent-dropout, zoneout, or dropout between layers, or embedding: 16");
    }
    OutputKind kind = output.kindFor(targetKind(data));
    At at = at(output, data, kind);
    refuseResidual(model, layers, at, readsTokens(data));
    if (NetworkSpec.readsBothWays(layers)) {
      refuseForBothWays(model, at, data);
    }
    return new ModelConfig(
        layers, output.loss(kind), at, initial(model, layers), embedding, output.options(kind));
  }

  /** Numbers that the top layer makes; 0 without layers. */
  private static int top(List<LayerSpec> layers) {
    int rows = 0;
    for (LayerSpec layer : layers) {
      rows = layer.outputs(rows);
    }
    return rows;
  }

  /** Refuses layers that cannot add what they read; how wide the input is, is not yet known. */
  private static void refuseResidual(Section model, List<LayerSpec> layers, At at, boolean tokens) {
    Optional<RecurrentSpec> first = NetworkSpec.recurrent(layers).stream().findFirst();
    int width = first.map(layer -> layer.outputs(0)).orElse(1);
    InputSpec input = tokens ? InputSpec.tokens(width) : InputSpec.dense(width);
    String key = model.has("layers") ? "layers" : "residual";
    ResidualRule.broken(input, layers, at)
        .ifPresent(rule -> model.problem(key, rule, ResidualRule.REMEDY));
  }

  /** Refuses layers that would read what they are to answer. */
  private static void refuseForBothWays(Section model, At at, DataSpec data) {
    String key = model.has("layers") ? "layers" : "bidirectional";
    if (data instanceof TextSpec) {
      String message = "a text is continued from its start on, and cannot be read from its end";
      model.problem(key, message, "use bidirectional: false");
    } else if (foretells(data) && at == At.EVERY_STEP) {
      String message =
          "a step's target is a value of a later step, which layers that read from the end have read";
      model.problem(key, message, "use output: {at: last-step}, or bidirectional: false");
    }
  }

  private static boolean foretells(DataSpec data) {
    return (data instanceof TableSpec table && table.target().horizon().steps() > 0)
        || (data instanceof GeneratorSpec task && GeneratorSection.foretells(task.name()));
  }

  private static boolean readsTokens(DataSpec data) {
    return data instanceof TextSpec
        || (data instanceof GeneratorSpec task && GeneratorSection.readsTokens(task.name()));
  }

  private static TargetKind targetKind(DataSpec data) {
    if (data instanceof TableSpec table) {
      return table.target().kind();
    }
    return data instanceof GeneratorSpec task
        ? GeneratorSection.targetKind(task.name())
        : TargetKind.CLASS;
  }

  private static At at(OutputSection output, DataSpec data, OutputKind kind) {
    if (kind == OutputKind.LABEL_STRING) {
      return output.at(Optional.of(At.EVERY_STEP), "a label string");
    }
    return data instanceof GeneratorSpec task
        ? output.at(GeneratorSection.at(task.name()), task.name())
        : output.at(
            isRecursive(data) ? Optional.of(At.EVERY_STEP) : Optional.empty(), targets(data));
  }

  private static boolean isRecursive(DataSpec data) {
    return data instanceof TableSpec table && table.target().horizon().isRecursive();
  }

  private static String targets(DataSpec data) {
    return isRecursive(data) ? "strategy: recursive" : "the data";
  }

  private static InitialWeights initial(Section model, List<LayerSpec> layers) {
    Section section = model.section("initial");
    InitialWeights usual = InitialWeights.DEFAULT;
    InitialKind type = section.choice("type", InitialKind.class).orElse(usual.type());
    Optional<Double> forgetBias = new SectionNumbers(section).number("forget-bias", Range.ANY);
    List<RecurrentSpec> recurrent = NetworkSpec.recurrent(layers);
    boolean forgets = recurrent.stream().anyMatch(layer -> layer.cell() instanceof LstmCell);
    if (!forgets && !recurrent.isEmpty() && section.sound("forget-bias")) {
      String cell = recurrent.get(0).cell().name();
      String message = "only lstm has a forget gate, but the cell is " + cell;
      section.refuse("forget-bias", message, "delete the line, or use cell: lstm");
    }
    return new InitialWeights(type, forgetBias.orElse(usual.forgetBias()));
  }

  /** Writes the section. */
  static Map<String, Object> write(ModelConfig config) {
    Map<String, Object> model = LayersSection.write(config.layers());
    EmbeddingKey.write(config.embedding(), model);
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
