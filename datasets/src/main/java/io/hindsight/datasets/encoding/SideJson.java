package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** A {@link SideEncoding} as fields of an encoding; none where nothing but inputs is read. */
final class SideJson {
  private static final String STEPS = "categories";
  private static final String NUMBERS = "static-scaling";
  private static final String OF_SEQUENCE = "static-categories";

  private SideJson() {}

  static void write(ObjectNode json, SideEncoding side) {
    if (!side.isEmpty()) {
      write(json.putArray(STEPS), side.steps());
      EncodingJson.writeScaling(json.putArray(NUMBERS), side.numbers());
      write(json.putArray(OF_SEQUENCE), side.ofSequence());
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
    return json.has(STEPS)
        ? new SideEncoding(
            categories(json, STEPS),
            EncodingJson.readScaling(json, NUMBERS),
            categories(json, OF_SEQUENCE))
        : SideEncoding.NONE;
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
