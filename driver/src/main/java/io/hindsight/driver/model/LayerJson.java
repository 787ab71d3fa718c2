package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.LayerWords;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.StateNoise;
import java.util.LinkedHashMap;
import java.util.Map;

/** A layer as an entry of {@code network.layers}, by the keys of {@link LayerWords}. */
final class LayerJson {
  private LayerJson() {}

  static void write(LayerSpec layer, ArrayNode layers) {
    layers.add(Json.MAPPER.<ObjectNode>valueToTree(LayerWords.keys(layer)));
  }

  /** The cell in the place of a network's, where all layers have the same. */
  static void writeCell(Cell cell, ObjectNode json) {
    Map<String, Object> keys = new LinkedHashMap<>();
    LayerWords.putCell(cell, keys);
    json.setAll(Json.MAPPER.<ObjectNode>valueToTree(keys));
  }

  static LayerSpec read(JsonNode json, String where) {
    if (json.has("dropout")) {
      return new DropoutSpec(rate(json, "dropout", where), json.path("variational").asBoolean());
    }
    Cell cell = cell(json, where);
    double zoneout = rate(json, "zoneout", where);
    boolean one = !json.has("zoneout-cell") && cell.hasCellState();
    double zoneoutCell = one ? zoneout : rate(json, "zoneout-cell", where);
    return new RecurrentSpec(
        cell,
        JsonWords.size(json, "hidden", where),
        json.path("bidirectional").asBoolean(),
        json.path("layer-norm").asBoolean(),
        json.path("residual").asBoolean(),
        new StateNoise(rate(json, "recurrent-dropout", where), zoneout, zoneoutCell));
  }

  /** A number, or 0 where there is none. */
  private static double rate(JsonNode json, String field, String where) {
    JsonNode rate = json.path(field);
    if (!rate.isMissingNode() && !rate.isNumber()) {
      throw Json.corrupt(where, "needs a number in '%s', but has %s".formatted(field, rate));
    }
    return rate.asDouble();
  }

  static Cell cell(JsonNode json, String where) {
    String cell = Json.text(json, "cell", where);
    if (!Cell.NAMES.contains(cell)) {
      String known = String.join(", ", Cell.NAMES);
      throw Json.corrupt(where, "has the cell '%s'; there are %s".formatted(cell, known));
    }
    return Cell.named(cell, () -> JsonWords.choice(Activation.values(), json, "activation", where));
  }
}
