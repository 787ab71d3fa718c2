package io.hindsight.driver.config.categories;

import io.hindsight.datasets.spec.Horizon;
import io.hindsight.driver.config.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code data.inputs} or {@code past}, and {@code future}: columns by what is known when. */
public final class FutureKeys {
  static final String PAST = "past";
  private static final String INPUTS = "inputs";
  private static final String FUTURE = "future";

  private FutureKeys() {}

  /** Reads {@code inputs}, or {@code past}, which is another word for it. */
  public static List<String> inputs(Section data) {
    List<String> past = data.texts(PAST);
    List<String> inputs = data.texts(INPUTS);
    if (data.has(PAST) && data.has(INPUTS)) {
      data.problem(PAST, "data.past is another word for data.inputs", "keep one of the two");
    }
    return inputs.isEmpty() ? past : inputs;
  }

  /**
   * Reads {@code future}.
   *
   * @param hasTime whether the table has a row per step
   */
  public static List<String> read(
      Section data, List<String> inputs, List<String> targets, Horizon horizon, boolean hasTime) {
    List<String> future = data.texts(FUTURE);
    if (future.isEmpty()) {
      return future;
    }
    if (!hasTime) {
      String message = "what is known ahead is looked up by rows in order of time";
      data.problem(FUTURE, message, "name the column that orders the rows in data.time");
    }
    if (horizon.steps() == 0 && data.sound("horizon")) {
      String message = "at horizon 0 a column of the future is one of the same row";
      data.problem(FUTURE, message, "name them in data.inputs, or use horizon: 1 or more");
    }
    if (future.containsAll(inputs)) {
      String message = "without a column of the past alone no row is known to be of the future";
      data.problem(FUTURE, message, "name in data.inputs a column that is not known ahead");
    }
    refuse(data, future, targets, "a target", "leave it out: what is predicted is not known");
    String numbers =
        "keep it in one of the two; categories are not read ahead, but columns of 0 and 1 are";
    refuse(data, future, data.texts("categories"), "in categories", numbers);
    String statics = "keep it in static: a static column is known at all rows";
    refuse(data, future, data.texts("static"), "in static", statics);
    return future;
  }

  private static void refuse(
      Section data, List<String> future, List<String> others, String what, String remedy) {
    for (String column : future) {
      if (others.contains(column)) {
        data.problem(FUTURE, "'%s' is %s, too".formatted(column, what), remedy);
      }
    }
  }

  /** The columns that hold numbers of the past or of the future, each once. */
  public static List<String> numbers(List<String> inputs, List<String> future) {
    return Stream.concat(inputs.stream(), future.stream()).distinct().toList();
  }

  /** Writes {@code future}, if it says something. */
  public static void write(List<String> future, Map<String, Object> data) {
    if (!future.isEmpty()) {
      data.put(FUTURE, future);
    }
  }
}
