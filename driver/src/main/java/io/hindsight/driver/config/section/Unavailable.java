package io.hindsight.driver.config.section;

import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;

/**
 * Keys of the contract whose feature this version does not have. Their neutral value is accepted;
 * any other is refused rather than ignored.
 */
final class Unavailable {
  private static final String MISSING = " not available in this version";

  private Unavailable() {}

  /** A flag that can only be false. */
  static void flag(Section section, String key) {
    if (section.flag(key, false)) {
      section.problem(key, "is" + MISSING, "use " + key + ": false");
    }
  }

  /** {@code model.dropout}, which can only be 0. */
  static void dropout(Section model) {
    double share = new SectionNumbers(model).number("dropout", Range.FRACTION).orElse(0.0);
    if (share > 0) {
      model.problem("dropout", "dropout is" + MISSING, "use dropout: 0.0");
    }
  }

  /** {@code training.clip.delta-norm}. */
  static void deltaNorm(Section clip) {
    clip.refuse("delta-norm", "is" + MISSING, "clip by norm or value");
  }
}
