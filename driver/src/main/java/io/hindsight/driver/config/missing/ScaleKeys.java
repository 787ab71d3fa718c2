package io.hindsight.driver.config.missing;

import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import java.util.List;
import java.util.Map;

/** {@code data.scale-by} of a table. */
public final class ScaleKeys {
  private static final String SCALE_BY = "scale-by";
  private static final List<Scale> OF_SEQUENCES =
      List.of(Scale.STANDARDIZE, Scale.MINMAX, Scale.ROBUST, Scale.MEAN);

  private ScaleKeys() {}

  /** Reads the key, and refuses scales that do not go with it. */
  public static ScaleBy read(Section data, Scale scale, TargetKind kind, int horizon) {
    ScaleBy by = data.choice(SCALE_BY, ScaleBy.class).orElse(ScaleBy.TABLE);
    if (by == ScaleBy.TABLE && scale == Scale.MEAN && data.sound(SCALE_BY)) {
      String message = "mean is that of each sequence, but the scale is the table's";
      data.problem("scale", message, "use scale-by: sequence, or standardize");
    } else if (by == ScaleBy.SEQUENCE && !OF_SEQUENCES.contains(scale)) {
      String message = "a sequence is not scaled by " + Words.of(scale);
      data.problem(SCALE_BY, message, "use scale: standardize, minmax, robust or mean");
    } else if (by == ScaleBy.SEQUENCE && kind == TargetKind.VALUE && horizon == 0) {
      String message = "a target of the same step has no earlier values to be scaled by";
      data.problem(SCALE_BY, message, "use horizon: 1 or more, or scale-by: table");
    }
    return by;
  }

  /** Writes the key if it says something. */
  public static void write(ScaleBy by, Map<String, Object> data) {
    if (by != ScaleBy.TABLE) {
      data.put(SCALE_BY, Words.of(by));
    }
  }
}
