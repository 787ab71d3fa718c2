package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.output.LossOptions;
import io.hindsight.kernels.network.output.Margins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link NetworkSpec} as the {@code network} object of {@code model.json}. */
final class NetworkJson {
  private static final String MARGINS = "margins"; // empty where they are not known yet

  private NetworkJson() {}

  static ObjectNode write(NetworkSpec network) {
    ObjectNode json = Json.object();
    Optional<Cell> cell = NetworkSpec.plainCell(network.layers());
    cell.ifPresent(c -> LayerJson.writeCell(c, json));
    InputJson.write(network.input(), json.putObject("input"));
    if (cell.isPresent()) {
      network.hidden().forEach(json.putArray("hidden")::add);
    } else {
      network.layers().forEach(layer -> LayerJson.write(layer, json.withArray("layers")));
    }
    ObjectNode output = json.putObject("output");
    output
        .put("size", network.output().size())
        .put("loss", JsonWords.name(network.output().loss()))
        .put("at", JsonWords.name(network.output().at()));
    if (network.output().tied()) {
      output.put("tied", true);
    }
    writeOptions(network.output().options(), output);
    return json;
  }

  static NetworkSpec read(JsonNode json, String where) {
    JsonNode input = Json.object(json, "input", where);
    JsonNode output = Json.object(json, "output", where);
    try {
      return new NetworkSpec(
          InputJson.read(input, where),
          json.has("layers") ? layers(json.path("layers"), where) : plain(json, where),
          new OutputSpec(
              JsonWords.size(output, "size", where),
              JsonWords.choice(OutputSpec.Loss.values(), output, "loss", where),
              JsonWords.choice(OutputSpec.At.values(), output, "at", where),
              output.path("tied").asBoolean(),
              options(output, where)));
    } catch (IllegalArgumentException e) {
      throw Json.corrupt(where, "describes no network: " + e.getMessage());
    }
  }

  /** Only what is told, so that a loss without options is as it was. */
  private static void writeOptions(LossOptions options, ObjectNode output) {
    options.quantiles().forEach(quantile -> output.withArray("quantiles").add(quantile));
    options.elementWeights().forEach(weight -> output.withArray("element_weights").add(weight));
    options.positiveWeights().forEach(weight -> output.withArray("positive_weights").add(weight));
    options.elementScales().forEach(scale -> output.withArray("element_scales").add(scale));
    if (options.labelSmoothing() != 0) {
      output.put("label_smoothing", options.labelSmoothing());
    }
    if (options.focalGamma() != 0) {
      output.put("focal_gamma", options.focalGamma());
    }
    if (options.margins().isPresent()) {
      ArrayNode margins = output.putArray(MARGINS);
      options.margins().get().values().forEach(margins::add);
    }
  }

  private static LossOptions options(JsonNode output, String where) {
    return new LossOptions(
        numbers(output, "quantiles", where),
        numbers(output, "element_weights", where),
        numbers(output, "positive_weights", where),
        numbers(output, "element_scales", where),
        number(output.path("label_smoothing"), "label_smoothing", where),
        number(output.path("focal_gamma"), "focal_gamma", where),
        output.has(MARGINS)
            ? Optional.of(new Margins(numbers(output, MARGINS, where)))
            : Optional.empty());
  }

  private static List<Double> numbers(JsonNode output, String field, String where) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : output.path(field)) {
      numbers.add(number(number, field, where));
    }
    return numbers;
  }

  /** 0 if it is not there. */
  private static double number(JsonNode value, String field, String where) {
    if (!value.isMissingNode() && !value.isNumber()) {
      throw Json.corrupt(where, "needs numbers in '%s', but has %s".formatted(field, value));
    }
    return value.asDouble();
  }

  private static List<LayerSpec> plain(JsonNode json, String where) {
    List<Integer> hidden = new ArrayList<>();
    for (JsonNode units : json.path("hidden")) {
      if (!units.isInt()) {
        throw Json.corrupt(where, "needs integers in 'hidden', but has " + json.path("hidden"));
      }
      hidden.add(units.intValue());
    }
    return NetworkSpec.plainLayers(LayerJson.cell(json, where), hidden);
  }

  private static List<LayerSpec> layers(JsonNode array, String where) {
    List<LayerSpec> layers = new ArrayList<>();
    for (JsonNode layer : array) {
      layers.add(LayerJson.read(layer, where));
    }
    return layers;
  }
}
