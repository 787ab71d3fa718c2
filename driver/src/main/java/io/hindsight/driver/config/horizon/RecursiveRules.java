package io.hindsight.driver.config.horizon;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;

/**
 * What a network must not read that goes on by itself: all that is neither its own answer nor known
 * ahead.
 */
public final class RecursiveRules {
  private static final String DIRECT = "use strategy: direct";

  private RecursiveRules() {}

  /**
   * Reports what does not go with {@code data.strategy: recursive}, if that is asked for.
   *
   * @param data the section of {@code spec}
   */
  public static void check(Section data, DataSpec spec) {
    if (!(spec instanceof TableSpec table) || !table.target().horizon().isRecursive()) {
      return;
    }
    checkColumns(data, table);
    if (table.timeRules().elapsed()) {
      String message = "strategy: recursive reads rows ahead that have no times of their own";
      data.problem("elapsed", message, "use elapsed: false, or strategy: direct");
    }
    boolean alike =
        table.scaling().transform().equals(Transform.NONE) && !table.names().side().counts();
    ScaleBy by = table.scaling().by();
    if (!by.isTable() && !alike) {
      String message =
          "strategy: recursive reads answers as inputs, but here a %s scales them otherwise";
      String remedy = "use scale-by: table, or strategy: direct";
      data.problem("scale-by", message.formatted(Words.of(by.kind())), remedy);
    }
    if (by.isWindow() && !table.names().side().future().isEmpty()) {
      String message =
          "strategy: recursive stays with the window of the last row that is known, but columns of"
              + " data.future are known, and scaled, at later rows";
      data.problem("scale-by", message, "use scale-by: sequence or table, or strategy: direct");
    }
  }

  private static void checkColumns(Section data, TableSpec table) {
    for (String input : table.names().inputs()) {
      if (!table.names().targets().contains(input)) {
        String message = "'%s' of the rows ahead is not answered by strategy: recursive";
        String remedy =
            table.names().side().future().contains(input)
                ? "name it in future alone, or " + DIRECT
                : "name it in targets too, in future if it is known ahead, or " + DIRECT;
        data.problem("inputs", message.formatted(input), remedy);
      }
    }
    for (String category : table.names().side().ofSteps()) {
      String message = "'%s' is of each row, and not known ahead by strategy: recursive";
      String remedy = "name it in static too if a sequence has one, or " + DIRECT;
      data.problem("categories", message.formatted(category), remedy);
    }
  }
}
