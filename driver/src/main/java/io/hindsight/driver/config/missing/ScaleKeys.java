package io.hindsight.driver.config.missing;

import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import java.util.List;
import java.util.Map;

/** {@code data.scale-by} of a table, and {@code data.scale-window}. */
public final class ScaleKeys {
  /** The rows of a window. */
  public static final String WINDOW = "scale-window";

  private static final String SCALE_BY = "scale-by";
  private static final List<Scale> OF_SEQUENCES =
      List.of(Scale.STANDARDIZE, Scale.MINMAX, Scale.ROBUST, Scale.MEAN);

  private ScaleKeys() {}

  /** Reads the keys, and refuses scales that do not go with them. */
  public static ScaleBy read(Section data, Scale scale, TargetKind kind, int horizon) {
    ScaleBy by = by(data);
    if (by.isTable() && scale == Scale.MEAN && data.sound(SCALE_BY)) {
      String message = "mean is that of a sequence or a window, but the scale is the table's";
      data.problem("scale", message, "use scale-by: sequence, or standardize");
    } else if (!by.isTable() && !OF_SEQUENCES.contains(scale)) {
      String message = "a %s is not scaled by %s";
      String remedy = "use scale: standardize, minmax, robust or mean";
      data.problem(SCALE_BY, message.formatted(Words.of(by.kind()), Words.of(scale)), remedy);
    } else if (!by.isTable() && kind == TargetKind.VALUE && horizon == 0) {
      String message = "a target of the same step has no earlier values to be scaled by";
      data.problem(SCALE_BY, message, "use horizon: 1 or more, or scale-by: table");
    }
    return by;
  }

  private static ScaleBy by(Section data) {
    ScaleBy.Kind kind = data.choice(SCALE_BY, ScaleBy.Kind.class).orElse(ScaleBy.Kind.TABLE);
    if (kind != ScaleBy.Kind.WINDOW) {
      if (data.sound(SCALE_BY)) {
        data.refuse(WINDOW, "belongs to scale-by: window", "delete it, or use scale-by: window");
      }
      return new ScaleBy(kind, 0);
    }
    data.require(WINDOW, "say how many rows are looked at, such as two or more seasons");
    return ScaleBy.window(
        new SectionNumbers(data)
            .integer(WINDOW, Range.atLeast(ScaleBy.SHORTEST))
            .orElse(ScaleBy.SHORTEST));
  }

  /** Writes the keys if they say something. */
  public static void write(ScaleBy by, Map<String, Object> data) {
    if (!by.isTable()) {
      data.put(SCALE_BY, Words.of(by.kind()));
    }
    if (by.isWindow()) {
      data.put(WINDOW, by.window());
    }
  }
}
