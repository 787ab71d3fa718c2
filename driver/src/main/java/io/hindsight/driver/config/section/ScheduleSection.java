package io.hindsight.driver.config.section;

import io.hindsight.datasets.Decimal;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.driver.optim.LearningRate.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The {@code training.schedule} section. */
final class ScheduleSection {
  private static final List<String> TYPES = List.of("constant", "step", "exponential", "cosine");
  private static final OwnedKeys OWNED_KEYS =
      OwnedKeys.of(
          Map.of(
              "step-size", List.of("step"),
              "gamma", List.of("step", "exponential"),
              "steps", List.of("cosine"),
              "minimum", List.of("cosine")));

  private final Section section;
  private final SectionNumbers numbers;
  private final Optional<Double> base;

  private ScheduleSection(Section section, Optional<Double> base) {
    this.section = section;
    this.numbers = new SectionNumbers(section);
    this.base = base;
  }

  /**
   * Reads the section.
   *
   * @param base the optimizer's learning rate, if it could be read
   * @param total steps of the whole run, where the configuration says
   */
  static LearningRate read(Section section, Optional<Double> base, OptionalLong total) {
    return new ScheduleSection(section, base).rate(total);
  }

  private LearningRate rate(OptionalLong total) {
    String type = section.oneOf("type", TYPES).orElse(type(LearningRate.DEFAULT_SCHEDULE));
    OWNED_KEYS.refuseForeign(section, section.sound("type") ? Optional.of(type) : Optional.empty());
    long usualWarmup = LearningRate.DEFAULT_WARMUP_STEPS;
    long warmup = numbers.whole("warmup-steps", Range.NOT_NEGATIVE).orElse(usualWarmup);
    Schedule schedule =
        switch (type) {
          case "step" -> step();
          case "exponential" -> exponential();
          case "cosine" -> cosine();
          default -> new LearningRate.Constant();
        };
    total.ifPresent(steps -> checkLength(warmup, schedule, steps));
    return new LearningRate(base.orElse(1.0), warmup, schedule);
  }

  private Schedule step() {
    section.require("step-size", "give the steps between decays");
    long size = numbers.whole("step-size", Range.atLeast(1)).orElse(1L);
    double usual = LearningRate.Step.DEFAULT_GAMMA;
    return new LearningRate.Step(size, numbers.number("gamma", Range.FACTOR).orElse(usual));
  }

  private Schedule exponential() {
    section.require("gamma", "give the factor per step, for example 0.999");
    return new LearningRate.Exponential(numbers.number("gamma", Range.FACTOR).orElse(1.0));
  }

  private Schedule cosine() {
    LearningRate.Cosine usual = LearningRate.Cosine.DEFAULT;
    long steps = numbers.whole("steps", Range.atLeast(1)).orElse(usual.steps());
    double minimum = numbers.number("minimum", Range.NOT_NEGATIVE).orElse(usual.minimum());
    if (base.isPresent() && minimum > base.get()) {
      section.problem(
          "minimum",
          Decimal.of(minimum) + " is above the learning rate of " + Decimal.of(base.get()),
          "use at most " + Decimal.of(base.get()));
    }
    return new LearningRate.Cosine(steps, minimum);
  }

  private void checkLength(long warmup, Schedule schedule, long total) {
    long cosine = schedule instanceof LearningRate.Cosine wave ? wave.steps() : 0;
    if (warmup >= total) {
      String message = "a warm-up of " + warmup + " does not end within training.steps = " + total;
      section.problem("warmup-steps", message, "use less than " + total);
    } else if (cosine > total - warmup) {
      section.problem(
          "steps",
          "a cosine of "
              + cosine
              + " after a warm-up of "
              + warmup
              + " exceeds training.steps = "
              + total,
          "use at most " + (total - warmup) + ", or leave it out to fill the run");
    }
  }

  /** Writes the section. */
  static Map<String, Object> write(LearningRate rate) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("type", type(rate.schedule()));
    if (rate.schedule() instanceof LearningRate.Step step) {
      section.put("step-size", step.stepSize());
      section.put("gamma", step.gamma());
    } else if (rate.schedule() instanceof LearningRate.Exponential exponential) {
      section.put("gamma", exponential.gamma());
    } else if (rate.schedule() instanceof LearningRate.Cosine cosine) {
      if (cosine.steps() > 0) {
        section.put("steps", cosine.steps());
      }
      section.put("minimum", cosine.minimum());
    }
    section.put("warmup-steps", rate.warmupSteps());
    return section;
  }

  private static String type(Schedule schedule) {
    if (schedule instanceof LearningRate.Step) {
      return "step";
    }
    if (schedule instanceof LearningRate.Exponential) {
      return "exponential";
    }
    return schedule instanceof LearningRate.Cosine ? "cosine" : "constant";
  }
}
