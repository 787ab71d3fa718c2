package io.hindsight.driver.config.categories;

import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import java.util.List;
import java.util.Map;

/** {@code data.categories}, {@code static}, {@code rare} and {@code weight} of a table. */
public final class SideKeys {
  private static final String CATEGORIES = "categories";
  private static final String STATIC = "static";
  private static final String RARE = "rare";
  private static final String WEIGHT = "weight";
  private static final int ALL = 1;

  private SideKeys() {}

  /**
   * Reads the columns.
   *
   * @param inputs the columns of {@code data.inputs}, which may be none if there is a category
   */
  public static SideColumns read(Section data, List<String> inputs) {
    List<String> categories = data.texts(CATEGORIES);
    List<String> statics = data.texts(STATIC);
    refuseInputs(data, CATEGORIES, categories, inputs);
    refuseInputs(data, STATIC, statics, inputs);
    TargetWeights weights =
        data.text(WEIGHT).map(TargetWeights::ofColumn).orElse(TargetWeights.NONE);
    SideColumns side = new SideColumns(categories, statics, rare(data, categories)).with(weights);
    if (side.ofSteps().isEmpty() && !data.has(FutureKeys.PAST)) {
      data.require("inputs", "list the columns that are read at each step");
    }
    return side;
  }

  private static void refuseInputs(
      Section data, String key, List<String> columns, List<String> inputs) {
    for (String column : columns) {
      if (inputs.contains(column)) {
        String message = "'" + column + "' is in inputs, too";
        data.problem(key, message, "keep it in one of the two");
      }
    }
  }

  private static int rare(Section data, List<String> categories) {
    int rare = new SectionNumbers(data).integer(RARE, Range.atLeast(1)).orElse(ALL);
    if (categories.isEmpty() && data.sound(CATEGORIES)) {
      data.refuse(RARE, "there is no category that could be rare", "delete the line");
    }
    return rare;
  }

  /** Writes the keys that say something. */
  public static void write(SideColumns side, Map<String, Object> data) {
    if (!side.categories().isEmpty()) {
      data.put(CATEGORIES, side.categories());
    }
    if (!side.statics().isEmpty()) {
      data.put(STATIC, side.statics());
    }
    if (!side.categories().isEmpty()) {
      data.put(RARE, side.rare());
    }
    if (side.weights().ofRows()) {
      data.put(WEIGHT, side.weights().column());
    }
  }
}
