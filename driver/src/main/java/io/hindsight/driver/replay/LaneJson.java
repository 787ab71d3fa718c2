package io.hindsight.driver.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a lane of a minibatch computes in a step, as a line of JSON. Beside the steps themselves it
 * has one before and one after them where the window has those, so that the first and last steps
 * are known for what they are.
 *
 * <pre>
 * {"lane": 3, "sequence": "a", "at": 10, "from": 1, "steps": 5, "scored_from": 0,
 *  "inputs": [[…], …] or "tokens": [id, …], "targets": [[…], …] or "classes": [id, …]}
 * </pre>
 *
 * <p>Where a network reads more there are {@code "categories": [[id, …], …]} of the steps, and
 * {@code "static": [number, …]} and {@code "static_categories": [id, …]} of the sequence, and where
 * steps have them {@code "weights": [number, …]}.
 *
 * @param lane in the minibatch
 * @param at step of its window at which it starts
 * @param window the steps, as a whole sequence
 * @param from its first step in {@code window}
 * @param steps how many
 */
record LaneJson(int lane, int at, Window window, int from, int steps) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CATEGORIES = "categories";
  private static final String STATIC = "static";
  private static final String STATIC_CATEGORIES = "static_categories";
  private static final String WEIGHTS = "weights";

  /** What is in a lane of a batch, which is not empty. */
  static LaneJson of(SequenceBatch batch, int lane) {
    Window whole = batch.window(lane);
    int at = batch.startInWindow(lane);
    int steps = batch.length(lane);
    int first = Math.max(0, at - 1);
    int end = Math.min(whole.steps(), at + steps + 1);
    int scored = Math.max(at + batch.scoredFrom(lane), whole.scoredFrom());
    int scoredFrom = Math.max(0, Math.min(end, scored) - first);
    Sequence some =
        whole
            .sequence()
            .window(whole.id(), whole.start() + first, end - first)
            .scoredFrom(scoredFrom);
    return new LaneJson(lane, at, Window.whole(some), at - first, steps);
  }

  /** Puts the steps into a batch. */
  void put(SequenceBatch batch, int into) {
    batch.set(into, window, from, steps);
  }

  /** The line, without its end. */
  String toJson() throws JsonProcessingException {
    Sequence sequence = window.sequence();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("lane", lane).put("sequence", sequence.id()).put("at", at);
    json.put("from", from).put("steps", steps).put("scored_from", window.scoredFrom());
    if (sequence.isTokens()) {
      json.set("tokens", ids(sequence.tokens()));
    } else {
      json.set("inputs", rows(sequence.features(), sequence.length()));
    }
    writeBeside(json, sequence);
    if (sequence.classes() != null) {
      json.set("classes", ids(sequence.classes()));
    } else if (sequence.targets() != null) {
      json.set("targets", rows(sequence.targets(), sequence.length()));
    }
    if (sequence.weights() != null) {
      json.set(WEIGHTS, numbers(sequence.weights()));
    }
    return MAPPER.writeValueAsString(json);
  }

  private static void writeBeside(ObjectNode json, Sequence sequence) {
    int width = sequence.categoryWidth();
    ArrayNode rows = width > 0 ? json.putArray(CATEGORIES) : MAPPER.createArrayNode();
    for (int from = 0; from < sequence.categories().length; from += width) {
      rows.add(ids(Arrays.copyOfRange(sequence.categories(), from, from + width)));
    }
    Statics statics = sequence.statics();
    if (!statics.isEmpty()) {
      json.set(STATIC, numbers(statics.features()));
      json.set(STATIC_CATEGORIES, ids(statics.categories()));
    }
  }

  private static ArrayNode numbers(double[] values) {
    ArrayNode array = MAPPER.createArrayNode();
    for (double value : values) {
      array.add(value);
    }
    return array;
  }

  private static ArrayNode ids(int[] values) {
    ArrayNode array = MAPPER.createArrayNode();
    for (int value : values) {
      array.add(value);
    }
    return array;
  }

  private static ArrayNode rows(double[] values, int count) {
    ArrayNode rows = MAPPER.createArrayNode();
    int width = values.length / count;
    for (int t = 0; t < count; t++) {
      ArrayNode row = rows.addArray();
      for (int i = 0; i < width; i++) {
        row.add(values[t * width + i]); // NaN and infinities become texts
      }
    }
    return rows;
  }

  /**
   * Reads a line.
   *
   * @param where file and line, for errors
   * @throws io.hindsight.driver.model.ModelException if it is broken
   */
  static LaneJson parse(byte[] line, String where) {
    JsonNode json = Json.parse(line, where);
    try {
      return read(json, where);
    } catch (IllegalArgumentException | ArithmeticException contradiction) {
      throw Json.corrupt(where, "contradicts itself: " + contradiction.getMessage());
    }
  }

  private static LaneJson read(JsonNode json, String where) {
    String id = Json.text(json, "sequence", where);
    JsonNode inputs = json.path("inputs");
    Sequence sequence =
        json.has("tokens")
            ? Sequence.ofTokens(id, ids(json.get("tokens"), where))
            : Sequence.ofFeatures(id, rows(inputs, where), inputs.size());
    sequence = withBeside(sequence, json, where);
    if (json.has("classes")) {
      sequence = sequence.withClasses(ids(json.get("classes"), where));
    } else if (json.has("targets")) {
      sequence = sequence.withTargets(rows(json.get("targets"), where));
    }
    if (json.has(WEIGHTS)) {
      sequence = sequence.withWeights(row(json.get(WEIGHTS), where));
    }
    return new LaneJson(
        whole(json, "lane", where),
        whole(json, "at", where),
        Window.whole(sequence.scoredFrom(whole(json, "scored_from", where))),
        whole(json, "from", where),
        whole(json, "steps", where));
  }

  private static Sequence withBeside(Sequence plain, JsonNode json, String where) {
    Sequence sequence = plain;
    if (json.has(CATEGORIES)) {
      sequence = sequence.withCategories(categories(json.get(CATEGORIES), where));
    }
    if (json.has(STATIC)) {
      double[] features = row(json.get(STATIC), where);
      int[] categories = ids(json.path(STATIC_CATEGORIES), where);
      sequence = sequence.withStatics(new Statics(features, categories));
    }
    return sequence;
  }

  private static int[] categories(JsonNode rows, String where) {
    IntStream.Builder all = IntStream.builder();
    for (JsonNode row : rows) {
      requireWidth(rows.get(0).size(), row, where);
      Arrays.stream(ids(row, where)).forEach(all);
    }
    return all.build().toArray();
  }

  private static void requireWidth(int width, JsonNode row, String where) {
    if (row.size() != width) {
      throw Json.corrupt(where, "has rows of unequal width");
    }
  }

  private static int whole(JsonNode json, String field, String where) {
    return Math.toIntExact(Json.integer(json, field, where));
  }

  private static int[] ids(JsonNode array, String where) {
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      if (!array.get(i).isInt()) {
        throw Json.corrupt(where, "has '%s' in place of an id".formatted(array.get(i)));
      }
      ids[i] = array.get(i).intValue();
    }
    return ids;
  }

  private static double[] rows(JsonNode rows, String where) {
    int width = rows.path(0).size();
    double[] values = new double[Math.multiplyExact(rows.size(), width)];
    for (int t = 0; t < rows.size(); t++) {
      requireWidth(width, rows.get(t), where);
      System.arraycopy(row(rows.get(t), where), 0, values, t * width, width);
    }
    return values;
  }

  private static double[] row(JsonNode row, String where) {
    double[] values = new double[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(row.get(i), where);
    }
    return values;
  }

  private static double number(JsonNode value, String where) {
    try {
      return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw Json.corrupt(where, "has '%s' in place of a number".formatted(value));
    }
  }
}
