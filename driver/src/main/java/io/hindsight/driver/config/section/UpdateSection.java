package io.hindsight.driver.config.section;

import io.hindsight.driver.config.TrainingConfig.Update;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.kernels.batch.Backpropagation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The sections {@code optimizer}, {@code schedule}, {@code clip} and {@code rollback} of {@code
 * training}, and {@code on-non-finite}.
 */
final class UpdateSection {
  private UpdateSection() {}

  /**
   * Reads the sections.
   *
   * @param total steps of the whole run, where the configuration says
   */
  static Update read(Section training, OptionalLong total) {
    OptimizerSection optimizer = OptimizerSection.read(training);
    LearningRate rate =
        ScheduleSection.read(training.section("schedule"), optimizer.learningRate(), total);
    Section clip = training.section("clip");
    SectionNumbers limits = new SectionNumbers(clip);
    double deltaNorm = limits.number("delta-norm", Range.POSITIVE).orElse(Backpropagation.NO_LIMIT);
    return new Update(
        clip(training, clip, limits),
        deltaNorm,
        optimizer.rule(),
        optimizer.reach(),
        rate,
        NonFiniteSection.read(training));
  }

  private static GradientClipper clip(Section training, Section clip, SectionNumbers limits) {
    Optional<Double> norm = limits.number("norm", Range.POSITIVE);
    Optional<Double> value = limits.number("value", Range.POSITIVE);
    if (clip.has("norm") && clip.has("value")) {
      clip.problem("value", "norm and value exclude each other", "delete one of the two");
    }
    boolean any =
        Stream.of("norm", "value", "delta-norm").anyMatch(clip::has) || !training.sound("clip");
    if (clip.present() && !any) {
      clip.require("norm", "give the largest norm, as in clip: {norm: 1.0}");
    }
    return norm.<GradientClipper>map(GradientClipper.ByNorm::new)
        .or(() -> value.map(GradientClipper.ByValue::new))
        .orElse(Update.DEFAULT_CLIP);
  }

  /** Writes the sections. */
  static void write(Update update, Map<String, Object> training) {
    LearningRate rate = update.learningRate();
    training.put(
        "optimizer", OptimizerSection.write(update.optimizer(), update.reach(), rate.base()));
    training.put("schedule", ScheduleSection.write(rate));
    Map<String, Object> clip = clip(update);
    if (!clip.isEmpty()) {
      training.put("clip", clip);
    }
    NonFiniteSection.write(update.onNonFinite(), training);
  }

  private static Map<String, Object> clip(Update update) {
    Map<String, Object> clip = new LinkedHashMap<>();
    if (update.clip() instanceof GradientClipper.ByNorm norm) {
      clip.put("norm", norm.limit());
    } else if (update.clip() instanceof GradientClipper.ByValue value) {
      clip.put("value", value.limit());
    }
    if (update.deltaNorm() < Backpropagation.NO_LIMIT) {
      clip.put("delta-norm", update.deltaNorm());
    }
    return clip;
  }
}
