package io.hindsight.datasets.encoding;

import static io.hindsight.datasets.encoding.JsonFields.constant;
import static io.hindsight.datasets.encoding.JsonFields.field;
import static io.hindsight.datasets.encoding.JsonFields.integer;
import static io.hindsight.datasets.encoding.JsonFields.lower;
import static io.hindsight.datasets.encoding.JsonFields.number;
import static io.hindsight.datasets.encoding.JsonFields.strings;
import static io.hindsight.datasets.encoding.JsonFields.text;
import static io.hindsight.datasets.encoding.JsonFields.truth;
import static io.hindsight.datasets.encoding.JsonFields.wrong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Horizon.Strategy;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodings as JSON. */
final class EncodingJson {
  static final String VERSION = "version";
  private static final String SCALE_BY = "scale-by";
  private static final String SCALE_WINDOW = "scale-window";
  private static final String STRATEGY = "strategy";
  private static final String PATHS = "paths";
  private static final String LOG1P = "log1p";
  private static final String BOX_COX = "box-cox";
  private static final String OTHERS = "unknown-token";

  private EncodingJson() {}

  static ObjectNode write(Encoding encoding) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (encoding instanceof Encoding.Table table) {
      writeTable(json.put("kind", "table"), table);
    } else if (encoding instanceof Encoding.Text text) {
      json.put("kind", "text").put("unit", "character");
      json.put("vocabulary", text.vocabulary().characters());
      if (text.vocabulary().hasOthers()) {
        json.put(OTHERS, true);
      }
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
        Vocabulary known = Vocabulary.of(characters);
        boolean others = json.has(OTHERS) && truth(json, OTHERS);
        Encoding.Text encoding = new Encoding.Text(others ? known.withOthers() : known);
        yield EncodingCheck.text(json, encoding, characters);
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
    json.put(VERSION, Encoding.version(table));
    table.inputs().forEach(json.putArray("inputs")::add);
    table.targets().forEach(json.putArray("targets")::add);
    json.put("target-kind", lower(table.targetKind()));
    json.put("horizon", table.horizon().steps()).put("difference", table.difference());
    if (!table.horizon().isSingle()) {
      json.put(STRATEGY, lower(table.horizon().strategy()));
    }
    if (table.horizon().paths() > 0) {
      json.put(PATHS, table.horizon().paths());
    }
    json.put("label-per-sequence", table.labelled());
    writeScaling(json.putArray("input-scaling"), table.inputScaling());
    table.targetScaling().ifPresent(s -> writeScaling(json.putArray("target-scaling"), s));
    table.labels().ifPresent(labels -> labels.names().forEach(json.putArray("labels")::add));
    SideJson.write(json, table.side());
    FillingJson.write(json, table.filling());
    if (!table.scaleBy().isTable()) {
      json.put(SCALE_BY, lower(table.scaleBy().kind()));
    }
    if (table.scaleBy().isWindow()) {
      json.put(SCALE_WINDOW, table.scaleBy().window());
    }
    TimeStepsJson.write(json, table.timeSteps());
  }

  private static Encoding.Table readTable(JsonNode json) {
    return new Encoding.Table(
        strings(json, "inputs"),
        strings(json, "targets"),
        constant(TargetKind.class, json, "target-kind"),
        horizon(json),
        truth(json, "difference"),
        truth(json, "label-per-sequence"),
        readScaling(json, "input-scaling"),
        json.has("target-scaling")
            ? Optional.of(readScaling(json, "target-scaling"))
            : Optional.empty(),
        json.has("labels") ? Optional.of(new Labels(strings(json, "labels"))) : Optional.empty(),
        TimeStepsJson.read(json),
        SideJson.read(json),
        FillingJson.read(json),
        scaleBy(json));
  }

  private static ScaleBy scaleBy(JsonNode json) {
    ScaleBy.Kind kind =
        json.has(SCALE_BY) ? constant(ScaleBy.Kind.class, json, SCALE_BY) : ScaleBy.Kind.TABLE;
    boolean isWindow = kind == ScaleBy.Kind.WINDOW;
    int window = isWindow || json.has(SCALE_WINDOW) ? integer(json, SCALE_WINDOW) : 0;
    if (isWindow ? window < ScaleBy.SHORTEST : window != 0) {
      String rows = "%d or more rows with %s, else absent";
      throw wrong(SCALE_WINDOW, json.get(SCALE_WINDOW), rows.formatted(ScaleBy.SHORTEST, "window"));
    }
    return new ScaleBy(kind, window);
  }

  private static Horizon horizon(JsonNode json) {
    Strategy strategy =
        json.has(STRATEGY) ? constant(Strategy.class, json, STRATEGY) : Strategy.SINGLE;
    int paths = json.has(PATHS) ? integer(json, PATHS) : 0;
    boolean fit = paths >= Horizon.LEAST_PATHS && paths <= Horizon.MOST_PATHS;
    if (json.has(PATHS) && !(fit && strategy == Strategy.RECURSIVE)) {
      String right = "%d to %d with recursive, else absent";
      throw wrong(PATHS, json.get(PATHS), right.formatted(Horizon.LEAST_PATHS, Horizon.MOST_PATHS));
    }
    return new Horizon(integer(json, "horizon"), strategy, paths);
  }

  static void writeScaling(ArrayNode json, Scaling scaling) {
    for (Scaling.Column column : scaling.columns()) {
      json.addObject()
          .put("column", column.name())
          .put("scale", lower(column.scale()))
          .<ObjectNode>set("shift", number(column.shift()))
          .<ObjectNode>set("divisor", number(column.divisor()))
          .setAll(transform(column.ofTarget()));
    }
  }

  static Scaling readScaling(JsonNode json, String name) {
    List<Scaling.Column> columns = new ArrayList<>();
    for (JsonNode column : field(json, name, JsonNode::isArray, "a list")) {
      columns.add(
          new Scaling.Column(
              text(column, "column"),
              constant(Scale.class, column, "scale"),
              field(column, "shift", JsonNode::isNumber, "a number").doubleValue(),
              field(column, "divisor", JsonNode::isNumber, "a number").doubleValue(),
              readTransform(column)));
    }
    return new Scaling(columns);
  }

  /** The field {@code log1p}, which is true, or {@code box-cox}, which is λ, or none. */
  private static ObjectNode transform(Transform transform) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (transform instanceof Transform.Log1p) {
      json.put(LOG1P, true);
    } else if (transform instanceof Transform.BoxCox power) {
      json.set(BOX_COX, number(power.lambda()));
    }
    return json;
  }

  private static Transform readTransform(JsonNode column) {
    if (column.has(LOG1P)) {
      if (!truth(column, LOG1P) || column.has(BOX_COX)) {
        throw wrong(LOG1P, column.get(LOG1P), "true, without " + BOX_COX);
      }
      return Transform.LOG1P;
    }
    if (!column.has(BOX_COX)) {
      return Transform.NONE;
    }
    JsonNode lambda = field(column, BOX_COX, JsonNode::isNumber, "a number");
    if (!(lambda.doubleValue() >= 0 && Double.isFinite(lambda.doubleValue()))) {
      throw wrong(BOX_COX, lambda, "a number of at least 0");
    }
    return new Transform.BoxCox(lambda.doubleValue());
  }
}
