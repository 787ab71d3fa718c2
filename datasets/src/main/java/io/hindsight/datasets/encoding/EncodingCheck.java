package io.hindsight.datasets.encoding;

import static io.hindsight.datasets.encoding.EncodingJson.VERSION;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.generators.GeneratedTask;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Transform;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether the fields of a stored encoding go together; each alone has been read. */
final class EncodingCheck {
  private EncodingCheck() {}

  /** Refuses what no table is encoded by. */
  static Encoding.Table table(JsonNode json, Encoding.Table table) {
    boolean known = !json.has(VERSION) || json.get(VERSION).isInt();
    int version = Encoding.version(json);
    String versions = "a number from 1 to " + Encoding.VERSION;
    require(known && version >= 1 && version <= Encoding.VERSION, json, VERSION, versions);
    require(isSound(table.horizon()), json, "horizon", "a number of steps from 0");
    columns(json, "input-scaling", table.inputScaling(), "inputs", table.columns().numbers());
    boolean reads = !table.columns().numbers().isEmpty() || !table.side().isEmpty();
    require(reads, json, "inputs", "one or more columns");
    int least = Encoding.version(table);
    boolean says = version >= least || least == Encoding.WITHOUT_SIDE;
    String what =
        switch (least) {
          case Encoding.VERSION -> " with numbers that are scaled by windows";
          case Encoding.OF_FUTURE -> " with columns that are known ahead";
          case Encoding.OF_STEPS ->
              " with several steps ahead, levels of counts, a transform of targets, or an order";
          case Encoding.OF_ROWS ->
              " with weights, inputs that may be missing, or inputs of the time";
          default -> " with columns beside the inputs";
        };
    require(says, json, VERSION, least + what);
    FillingJson.check(json, table, version);
    List<String> numbers = table.side().columns().numbers();
    columns(json, "static-scaling", table.side().numbers(), "static columns", numbers);
    boolean classes = table.targetKind().isOfClasses();
    require(table.labels().isPresent() == classes, json, "labels", given(classes));
    require(table.targetScaling().isPresent() != classes, json, "target-scaling", given(!classes));
    table.labels().ifPresent(labels -> distinct(json, labels));
    require(
        !table.horizon().isRecursive() || isFed(table),
        json,
        "strategy",
        "one that the inputs allow: recursive reads values that are targets, and the calendar");
    table
        .targetScaling()
        .ifPresent(s -> columns(json, "target-scaling", s, "targets", table.targets()));
    return table;
  }

  /** Whether all that a step reads is answered at the step before, or known ahead. */
  private static boolean isFed(Encoding.Table table) {
    return table.targetKind() == TargetKind.VALUE
        && table.targets().containsAll(table.inputs())
        && table.side().columns().ofSteps().isEmpty()
        && table.timeSteps().inputs().elapsed().isEmpty()
        && !(table.scaleBy().isWindow() && !table.side().future().isEmpty());
  }

  private static boolean isSound(Horizon horizon) {
    return horizon.steps() >= (horizon.isSingle() ? 0 : 1);
  }

  /** Refuses a vocabulary that is empty, or not in the order that tokens count in. */
  static Encoding.Text text(JsonNode json, Encoding.Text text, String characters) {
    Vocabulary vocabulary = text.vocabulary();
    require(
        vocabulary.known() > 0 && vocabulary.characters().equals(characters),
        json,
        "vocabulary",
        "one or more characters, each once, in ascending order");
    return text;
  }

  /** Refuses a task that cannot be made, or whose targets are of another kind. */
  static Encoding.Generated task(JsonNode json, Encoding.Generated task) {
    GeneratedTask made;
    try {
      made = GeneratedTask.of(task.name(), task.length(), task.symbols(), task.horizon());
    } catch (IllegalArgumentException e) {
      throw JsonFields.wrong("name", json.get("name"), "that of a task: " + e.getMessage());
    }
    TargetKind kind = made.targetKind();
    String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    boolean fits = task.targetKind() == kind;
    require(fits, json, "target-kind", word + " for the task " + task.name());
    return task;
  }

  private static String given(boolean present) {
    return present ? "given for these targets" : "absent for these targets";
  }

  private static void distinct(JsonNode json, Labels labels) {
    boolean all = new HashSet<>(labels.names()).size() == labels.size();
    require(labels.size() > 0 && all, json, "labels", "one or more, each once");
  }

  /** The scaled columns are those listed, or elements of them, and each of those has one. */
  private static void columns(
      JsonNode json, String field, Scaling scaling, String listing, List<String> listed) {
    Set<String> columns = new HashSet<>(listed);
    Set<String> scaled = new HashSet<>();
    for (Scaling.Column column : scaling.columns()) {
      scaled.add(columns.contains(column.name()) ? column.name() : vector(column.name()));
      boolean finite = Double.isFinite(column.shift()) && Double.isFinite(column.divisor());
      require(
          finite && column.divisor() >= 0, json, field, "of finite numbers, no divisor below 0");
      boolean counts = column.scale() == Scale.COUNT;
      require(
          !counts || (column.divisor() > 0 && column.shift() == 0),
          json,
          field,
          "of a shift of 0 and a divisor above 0 for counts");
      boolean once = column.ofTarget().equals(Transform.NONE);
      boolean may = field.equals("target-scaling") && !counts && !column.scale().isLogarithm();
      require(once || may, json, field, "transformed once, and no counts or inputs");
    }
    require(
        scaled.equals(columns),
        json,
        field,
        "of the columns of '%s', %s".formatted(listing, listed));
  }

  /** The vector column of which {@code name[i]} is an element. */
  private static String vector(String element) {
    int bracket = element.lastIndexOf('[');
    return bracket < 0 ? element : element.substring(0, bracket);
  }

  private static void require(boolean holds, JsonNode json, String field, String kind) {
    if (!holds) {
      throw JsonFields.wrong(field, json.get(field), kind);
    }
  }
}
