package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Decimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The fields of a stored encoding. Numbers read back to the same bits; a field that is missing or
 * of another kind is refused.
 */
final class JsonFields {
  private JsonFields() {}

  /** A number in the digits of {@link Decimal}, which do not differ between JDKs. */
  static JsonNode number(double x) {
    // A decimal has neither −0 nor infinities; zeros and those look alike on every JDK.
    return x == 0 || !Double.isFinite(x)
        ? JsonNodeFactory.instance.numberNode(x)
        : JsonNodeFactory.instance.numberNode(new BigDecimal(Decimal.of(x)));
  }

  /** The texts of a list. */
  static List<String> strings(JsonNode json, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : field(json, name, JsonNode::isArray, "a list")) {
      values.add(value.asText());
    }
    return values;
  }

  /** A text. */
  static String text(JsonNode json, String name) {
    return field(json, name, JsonNode::isTextual, "a text").textValue();
  }

  /** A whole number of 32 bits. */
  static int integer(JsonNode json, String name) {
    return field(json, name, JsonNode::isInt, "a whole number").intValue();
  }

  /** True or false. */
  static boolean truth(JsonNode json, String name) {
    return field(json, name, JsonNode::isBoolean, "true or false").booleanValue();
  }

  /** A constant in lower case. */
  static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String name) {
    String value = text(json, name);
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(value)) {
        return constant;
      }
    }
    throw wrong(name, json.get(name), "one of its known values");
  }

  /**
   * A field.
   *
   * @param kind what it must be, for whoever reads that it is not
   */
  static JsonNode field(JsonNode json, String name, Predicate<JsonNode> isOfKind, String kind) {
    JsonNode value = json.get(name);
    if (value == null || !isOfKind.test(value)) {
      throw wrong(name, value, kind);
    }
    return value;
  }

  /** What refuses a field. */
  static DataException wrong(String name, JsonNode value, String kind) {
    return new DataException(
        "field '" + name + "' of a stored encoding must be " + kind,
        value == null ? "nothing" : value.toString(),
        "model's encoding",
        "use a model directory written by this version");
  }

  /** A constant as it is written. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
