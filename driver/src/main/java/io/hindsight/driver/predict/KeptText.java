package io.hindsight.driver.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hindsight.datasets.table.KeptCells;

/** Takes cells out of the text that {@link KeptCells} packs them into, for a single file. */
final class KeptText {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true)) // 1.50 stays 1.50
          .build();

  private KeptText() {}

  /** All cells of a row; without any where nothing is kept. */
  static JsonNode read(String kept) {
    try {
      return kept == null ? JSON.createObjectNode() : JSON.readTree(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was kept is not JSON: " + kept, e);
    }
  }

  /** A cell: a text, a number, a truth value, arrays and structs as JSON, or null. */
  static Object cell(JsonNode row, int column) {
    JsonNode cell = row.path(KeptCells.name(column));
    if (cell.isMissingNode() || cell.isNull()) {
      return null;
    }
    if (cell.isNumber()) {
      return cell.numberValue();
    }
    return cell.isTextual() ? cell.textValue() : cell;
  }
}
