package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.columns.TargetWeights.Balance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link SideEncoding} as fields of an encoding; none of what it has not. */
final class SideJson {
  private static final String STEPS = "categories";
  private static final String NUMBERS = "static-scaling";
  private static final String OF_SEQUENCE = "static-categories";
  private static final String WEIGHT = "weight";
  private static final String FUTURE = "future";
  private static final String CLASS_WEIGHTS = "class-weights";

  private SideJson() {}

  static void write(ObjectNode json, SideEncoding side) {
    if (!side.isEmpty()) {
      write(json.putArray(STEPS), side.steps());
      EncodingJson.writeScaling(json.putArray(NUMBERS), side.numbers());
      write(json.putArray(OF_SEQUENCE), side.ofSequence());
    }
    write(json, side.weights());
    if (!side.future().isEmpty()) {
      side.future().forEach(json.putArray(FUTURE)::add);
    }
  }

  private static void write(ObjectNode json, TargetWeights weights) {
    if (weights.ofRows()) {
      json.put(WEIGHT, weights.column());
    }
    if (weights.ofClasses()) {
      ObjectNode classes = json.putObject(CLASS_WEIGHTS);
      weights.classes().forEach((name, weight) -> classes.set(name, JsonFields.number(weight)));
    }
  }

  private static void write(ArrayNode json, List<Categories> all) {
    for (Categories categories : all) {
      ArrayNode names = json.addObject().put("column", categories.column()).putArray("names");
      categories.names().forEach(names::add);
    }
  }

  /** What an encoding has beside the inputs; nothing for one that knows nothing of it. */
  static SideEncoding read(JsonNode json) {
    TargetWeights weights = weights(json);
    List<String> future = json.has(FUTURE) ? JsonFields.strings(json, FUTURE) : List.of();
    return json.has(STEPS)
        ? new SideEncoding(
            categories(json, STEPS),
            EncodingJson.readScaling(json, NUMBERS),
            categories(json, OF_SEQUENCE),
            weights,
            future)
        : SideEncoding.NONE.with(weights).withFuture(future);
  }

  private static TargetWeights weights(JsonNode json) {
    String column = json.has(WEIGHT) ? JsonFields.text(json, WEIGHT) : "";
    Map<String, Double> classes = new TreeMap<>();
    if (json.has(CLASS_WEIGHTS)) {
      JsonNode names = JsonFields.field(json, CLASS_WEIGHTS, JsonNode::isObject, "an object");
      for (String name : (Iterable<String>) names::fieldNames) {
        JsonNode weight = JsonFields.field(names, name, JsonNode::isNumber, "a number");
        if (!(weight.doubleValue() >= 0 && Double.isFinite(weight.doubleValue()))) {
          throw JsonFields.wrong(name, weight, "a finite number of 0 or more");
        }
        classes.put(name, weight.doubleValue());
      }
    }
    return new TargetWeights(column, Balance.NONE, classes);
  }

  private static List<Categories> categories(JsonNode json, String name) {
    List<Categories> all = new ArrayList<>();
    for (JsonNode one : JsonFields.field(json, name, JsonNode::isArray, "a list")) {
      List<String> names = JsonFields.strings(one, "names");
      if (new HashSet<>(names).size() < names.size()) {
        throw JsonFields.wrong(name, one, "categories, each once");
      }
      all.add(new Categories(JsonFields.text(one, "column"), names));
    }
    return all;
  }
}
