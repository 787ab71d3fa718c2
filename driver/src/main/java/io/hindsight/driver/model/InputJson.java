package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link InputSpec} as the {@code input} object of a network: {@code kind} and {@code size},
 * which are features per step or tokens; where there are any, {@code statics} and {@code tables}.
 */
final class InputJson {
  private static final String OF_SEQUENCE = "of_sequence";

  private InputJson() {}

  static void write(InputSpec input, ObjectNode json) {
    json.put("kind", JsonWords.name(input.kind())).put("size", input.features());
    if (input.statics() > 0) {
      json.put("statics", input.statics());
    }
    for (EmbeddingSpec table : input.tables()) {
      json.withArray("tables")
          .addObject()
          .put("rows", table.rows())
          .put("width", table.width())
          .put(OF_SEQUENCE, table.ofSequence());
    }
  }

  /**
   * @throws IllegalArgumentException if the sizes contradict each other
   */
  static InputSpec read(JsonNode json, String where) {
    return new InputSpec(
        JsonWords.choice(InputSpec.Kind.values(), json, "kind", where),
        JsonWords.size(json, "size", where),
        json.has("statics") ? JsonWords.size(json, "statics", where) : 0,
        tables(json.path("tables"), where));
  }

  private static List<EmbeddingSpec> tables(JsonNode array, String where) {
    List<EmbeddingSpec> tables = new ArrayList<>();
    for (JsonNode table : array) {
      if (!table.path(OF_SEQUENCE).isBoolean()) {
        throw Json.corrupt(where, "needs true or false as '%s'".formatted(OF_SEQUENCE));
      }
      int rows = JsonWords.size(table, "rows", where);
      int width = JsonWords.size(table, "width", where);
      tables.add(new EmbeddingSpec(rows, width, table.path(OF_SEQUENCE).booleanValue()));
    }
    return tables;
  }
}
