package io.hindsight.driver.config.section;

import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.driver.optim.OptimizerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the sections that {@link OptimizerSection} and {@link ScheduleSection} read. */
final class ResolvedOptimizer {
  private ResolvedOptimizer() {}

  /** The {@code optimizer} section. */
  static Map<String, Object> of(OptimizerSpec rule, double learningRate) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("type", type(rule));
    section.put("learning-rate", learningRate);
    if (rule instanceof OptimizerSpec.Sgd sgd) {
      section.put("momentum", sgd.momentum());
      section.put("dampening", sgd.dampening());
      section.put("nesterov", sgd.nesterov());
      section.put("weight-decay", sgd.weightDecay());
    } else if (rule instanceof OptimizerSpec.RmsProp rms) {
      section.put("alpha", rms.alpha());
      section.put("epsilon", rms.epsilon());
      section.put("centered", rms.centered());
      section.put("momentum", rms.momentum());
      section.put("weight-decay", rms.weightDecay());
    } else if (rule instanceof OptimizerSpec.AdaGrad ada) {
      section.put("learning-rate-decay", ada.learningRateDecay());
      section.put("initial-accumulator", ada.initialAccumulator());
      section.put("epsilon", ada.epsilon());
      section.put("weight-decay", ada.weightDecay());
    } else if (rule instanceof OptimizerSpec.Adam adam) {
      section.put("beta1", adam.beta1());
      section.put("beta2", adam.beta2());
      section.put("epsilon", adam.epsilon());
      section.put("amsgrad", adam.amsgrad());
      section.put("weight-decay", adam.weightDecay());
    }
    return section;
  }

  private static String type(OptimizerSpec rule) {
    if (rule instanceof OptimizerSpec.Adam adam) {
      return adam.decoupled() ? "adamw" : "adam";
    }
    if (rule instanceof OptimizerSpec.RmsProp) {
      return "rmsprop";
    }
    return rule instanceof OptimizerSpec.AdaGrad ? "adagrad" : "sgd";
  }

  /** The {@code schedule} section. */
  static Map<String, Object> schedule(LearningRate rate) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (rate.schedule() instanceof LearningRate.Step step) {
      section.put("type", "step");
      section.put("step-size", step.stepSize());
      section.put("gamma", step.gamma());
    } else if (rate.schedule() instanceof LearningRate.Exponential exponential) {
      section.put("type", "exponential");
      section.put("gamma", exponential.gamma());
    } else if (rate.schedule() instanceof LearningRate.Cosine cosine) {
      section.put("type", "cosine");
      if (cosine.steps() > 0) {
        section.put("steps", cosine.steps());
      }
      section.put("minimum", cosine.minimum());
    } else {
      section.put("type", "constant");
    }
    section.put("warmup-steps", rate.warmupSteps());
    return section;
  }

  /** The {@code clip} section; absent if nothing is clipped. */
  static Optional<Map<String, Object>> clip(GradientClipper clip) {
    if (clip instanceof GradientClipper.ByNorm norm) {
      return Optional.of(Map.of("norm", norm.limit()));
    }
    return clip instanceof GradientClipper.ByValue value
        ? Optional.of(Map.of("value", value.limit()))
        : Optional.empty();
  }
}
