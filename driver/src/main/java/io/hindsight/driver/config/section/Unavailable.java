package io.hindsight.driver.config.section;

import io.hindsight.driver.config.yaml.Section;

/**
 * Keys of the contract whose feature this version does not have. Their neutral value is accepted;
 * any other is refused rather than ignored.
 */
final class Unavailable {
  private static final String MISSING = " not available in this version";

  private Unavailable() {}

  /** {@code training.clip.delta-norm}. */
  static void deltaNorm(Section clip) {
    clip.refuse("delta-norm", "is" + MISSING, "clip by norm or value");
  }
}
