package io.hindsight.driver.config.section;

import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.optim.GradientClipper;
import java.util.Map;
import java.util.Optional;

/** The {@code training.clip} section. */
final class ClipSection {
  private ClipSection() {}

  /** Reads the section. */
  static GradientClipper read(Section training) {
    Section clip = training.section("clip");
    SectionNumbers limits = new SectionNumbers(clip);
    Optional<Double> norm = limits.number("norm", Range.POSITIVE);
    Optional<Double> value = limits.number("value", Range.POSITIVE);
    Unavailable.deltaNorm(clip);
    if (clip.has("norm") && clip.has("value")) {
      clip.problem("value", "norm and value exclude each other", "delete one of the two");
    }
    boolean any = clip.has("norm") || clip.has("value") || !training.sound("clip");
    if (clip.present() && !any) {
      clip.require("norm", "give the largest norm, as in clip: {norm: 1.0}");
    }
    return norm.<GradientClipper>map(GradientClipper.ByNorm::new)
        .or(() -> value.map(GradientClipper.ByValue::new))
        .orElse(new GradientClipper.None());
  }

  /** Writes the section; absent if nothing is clipped. */
  static Optional<Map<String, Object>> write(GradientClipper clip) {
    if (clip instanceof GradientClipper.ByNorm norm) {
      return Optional.of(Map.of("norm", norm.limit()));
    }
    return clip instanceof GradientClipper.ByValue value
        ? Optional.of(Map.of("value", value.limit()))
        : Optional.empty();
  }
}
