package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.missing.Filling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A {@link Filling} as fields of an encoding; none where no input may be missing. */
final class FillingJson {
  private static final String FILLING = "filling";
  private static final String INDICATORS = "indicators";
  private static final String FITTED = "filling-fitted";

  private FillingJson() {}

  static void write(ObjectNode json, Filling filling) {
    if (filling.isNone()) {
      return;
    }
    ArrayNode numbers = json.putArray(FILLING);
    for (Filling.Feature number : filling.numbers()) {
      numbers
          .addObject()
          .put("number", number.name())
          .put("column", number.column())
          .put("missing", JsonFields.lower(number.rule()))
          .set("mean", JsonFields.number(number.mean()));
    }
    filling.indicators().forEach(json.putArray(INDICATORS)::add);
    json.put(FITTED, filling.fitted());
  }

  /** What an encoding fills; nothing for one that knows nothing of it. */
  static Filling read(JsonNode json) {
    if (!json.has(FILLING)) {
      return Filling.NONE;
    }
    List<Filling.Feature> numbers = new ArrayList<>();
    for (JsonNode one : JsonFields.field(json, FILLING, JsonNode::isArray, "a list")) {
      numbers.add(
          new Filling.Feature(
              JsonFields.text(one, "number"),
              JsonFields.text(one, "column"),
              JsonFields.constant(MissingRule.class, one, "missing"),
              JsonFields.field(one, "mean", JsonNode::isNumber, "a number").doubleValue()));
    }
    return new Filling(
        numbers, JsonFields.strings(json, INDICATORS), JsonFields.truth(json, FITTED));
  }

  /** Refuses what does not belong to the scaled columns. */
  static void check(JsonNode json, Encoding.Table table, int version) {
    Filling filling = table.filling();
    if (!json.has(FILLING)) {
      return;
    }
    require(
        version >= Encoding.OF_ROWS, json, EncodingJson.VERSION, "that of inputs that are filled");
    List<String> scaled =
        table.inputScaling().columns().stream().map(Scaling.Column::name).toList();
    List<String> filled = filling.numbers().stream().map(Filling.Feature::name).toList();
    require(
        scaled.equals(filled), json, FILLING, "of the numbers of 'input-scaling', in their order");
    boolean known =
        filling.numbers().stream()
            .allMatch(
                n -> table.columns().numbers().contains(n.column()) && Double.isFinite(n.mean()));
    require(known, json, FILLING, "of columns of 'inputs', with finite means");
    Set<String> indicators = new HashSet<>(filling.indicators());
    boolean once = indicators.size() == filling.indicators().size();
    boolean may = indicators.stream().allMatch(filling.rules()::mayLack);
    require(once && may, json, INDICATORS, "columns that may be missing, each once");
  }

  private static void require(boolean holds, JsonNode json, String field, String kind) {
    if (!holds) {
      throw JsonFields.wrong(field, json.get(field), kind);
    }
  }
}
