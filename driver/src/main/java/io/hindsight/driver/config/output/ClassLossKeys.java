package io.hindsight.driver.config.output;

import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.List;
import java.util.Map;

/** {@code label-smoothing} and {@code focal} of {@code model.output}: how classes are learned. */
public final class ClassLossKeys {
  private static final String SMOOTHING = "label-smoothing";
  private static final String FOCAL = "focal";

  private ClassLossKeys() {}

  /** Reads the keys; none is as if it were 0. */
  public static LossOptions read(Section output) {
    SectionNumbers numbers = new SectionNumbers(output);
    double smoothing = numbers.number(SMOOTHING, Range.FRACTION).orElse(0.0);
    double gamma = numbers.number(FOCAL, Range.NOT_NEGATIVE).orElse(0.0);
    if (smoothing > 0 && gamma > 0) {
      String message = "label smoothing and the focal loss are two losses";
      output.problem(FOCAL, message, "delete one of the two lines");
      return LossOptions.NONE;
    }
    return new LossOptions(List.of(), List.of(), smoothing, gamma);
  }

  /**
   * Refuses both keys.
   *
   * @param targets the kind of targets that are no classes, in words
   */
  public static void refuse(Section output, String targets) {
    output.refuse(
        SMOOTHING,
        "only a class can be smoothed over the others, but the targets are of kind " + targets,
        "delete the line");
    output.refuse(
        FOCAL,
        "only the loss of classes has a focal form, but the targets are of kind " + targets,
        "delete the line");
  }

  /** Writes what is not 0. */
  public static void write(LossOptions options, Map<String, Object> output) {
    if (options.labelSmoothing() > 0) {
      output.put(SMOOTHING, options.labelSmoothing());
    }
    if (options.focalGamma() > 0) {
      output.put(FOCAL, options.focalGamma());
    }
  }
}
