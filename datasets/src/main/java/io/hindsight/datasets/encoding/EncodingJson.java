package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec.Scale;
import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.datasets.Decimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Encodings as JSON. Numbers read back to the same bits, and are written in the digits of {@link
 * Decimal}, which do not differ between JDKs.
 */
final class EncodingJson {
  static final String VERSION = "version";

  private EncodingJson() {}

  static ObjectNode write(Encoding encoding) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (encoding instanceof Encoding.Table table) {
      writeTable(json.put("kind", "table"), table);
    } else if (encoding instanceof Encoding.Text text) {
      json.put("kind", "text").put("unit", "character");
      json.put("vocabulary", text.vocabulary().characters());
    } else if (encoding instanceof Encoding.Generated task) {
      json.put("kind", "generator").put("name", task.name()).put("length", task.length());
      json.put("symbols", task.symbols()).put("horizon", task.horizon());
      json.put("target-kind", lower(task.targetKind()));
    }
    return json;
  }

  static Encoding read(JsonNode json) {
    String kind = text(json, "kind");
    return switch (kind) {
      case "table" -> EncodingCheck.table(json, readTable(json));
      case "text" -> {
        String characters = text(json, "vocabulary");
        yield EncodingCheck.text(json, new Encoding.Text(Vocabulary.of(characters)), characters);
      }
      case "generator" ->
          EncodingCheck.task(
              json,
              new Encoding.Generated(
                  text(json, "name"),
                  integer(json, "length"),
                  integer(json, "symbols"),
                  integer(json, "horizon"),
                  constant(TargetKind.class, json, "target-kind")));
      default -> throw wrong("kind", json.get("kind"), "table, text or generator");
    };
  }

  private static void writeTable(ObjectNode json, Encoding.Table table) {
    json.put(VERSION, Encoding.VERSION);
    strings(json.putArray("inputs"), table.inputs());
    strings(json.putArray("targets"), table.targets());
    json.put("target-kind", lower(table.targetKind()));
    json.put("horizon", table.horizon()).put("difference", table.difference());
    json.put("label-per-sequence", table.labelled());
    writeScaling(json.putArray("input-scaling"), table.inputScaling());
    table.targetScaling().ifPresent(s -> writeScaling(json.putArray("target-scaling"), s));
    table.labels().ifPresent(labels -> strings(json.putArray("labels"), labels.names()));
    TimeStepsJson.write(json, table.timeSteps());
  }

  private static Encoding.Table readTable(JsonNode json) {
    return new Encoding.Table(
        strings(json, "inputs"),
        strings(json, "targets"),
        constant(TargetKind.class, json, "target-kind"),
        integer(json, "horizon"),
        truth(json, "difference"),
        truth(json, "label-per-sequence"),
        readScaling(json, "input-scaling"),
        json.has("target-scaling")
            ? Optional.of(readScaling(json, "target-scaling"))
            : Optional.empty(),
        json.has("labels") ? Optional.of(new Labels(strings(json, "labels"))) : Optional.empty(),
        TimeStepsJson.read(json));
  }

  private static void writeScaling(ArrayNode json, Scaling scaling) {
    for (Scaling.Column column : scaling.columns()) {
      json.addObject()
          .put("column", column.name())
          .put("scale", lower(column.scale()))
          .<ObjectNode>set("shift", number(column.shift()))
          .set("divisor", number(column.divisor()));
    }
  }

  static JsonNode number(double x) {
    // A decimal has neither −0 nor infinities; zeros and those look alike on every JDK.
    return x == 0 || !Double.isFinite(x)
        ? JsonNodeFactory.instance.numberNode(x)
        : JsonNodeFactory.instance.numberNode(new BigDecimal(Decimal.of(x)));
  }

  private static Scaling readScaling(JsonNode json, String name) {
    List<Scaling.Column> columns = new ArrayList<>();
    for (JsonNode column : field(json, name, JsonNode::isArray, "a list")) {
      columns.add(
          new Scaling.Column(
              text(column, "column"),
              constant(Scale.class, column, "scale"),
              field(column, "shift", JsonNode::isNumber, "a number").doubleValue(),
              field(column, "divisor", JsonNode::isNumber, "a number").doubleValue()));
    }
    return new Scaling(columns);
  }

  private static void strings(ArrayNode json, List<String> values) {
    values.forEach(json::add);
  }

  static List<String> strings(JsonNode json, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : field(json, name, JsonNode::isArray, "a list")) {
      values.add(value.asText());
    }
    return values;
  }

  private static String text(JsonNode json, String name) {
    return field(json, name, JsonNode::isTextual, "a text").textValue();
  }

  private static int integer(JsonNode json, String name) {
    return field(json, name, JsonNode::isInt, "a whole number").intValue();
  }

  static boolean truth(JsonNode json, String name) {
    return field(json, name, JsonNode::isBoolean, "true or false").booleanValue();
  }

  static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String name) {
    String value = text(json, name);
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(value)) {
        return constant;
      }
    }
    throw wrong(name, json.get(name), "one of its known values");
  }

  static JsonNode field(JsonNode json, String name, Predicate<JsonNode> isOfKind, String kind) {
    JsonNode value = json.get(name);
    if (value == null || !isOfKind.test(value)) {
      throw wrong(name, value, kind);
    }
    return value;
  }

  static DataException wrong(String name, JsonNode value, String kind) {
    return new DataException(
        "field '" + name + "' of a stored encoding must be " + kind,
        value == null ? "nothing" : value.toString(),
        "model's encoding",
        "use a model directory written by this version");
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
