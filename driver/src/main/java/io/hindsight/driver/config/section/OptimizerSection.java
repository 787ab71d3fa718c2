package io.hindsight.driver.config.section;

import io.hindsight.datasets.Decimal;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.optim.OptimizerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The {@code training.optimizer} section: the update rule, its constants, and the learning rate.
 *
 * @param rule the update rule
 * @param learningRate the base rate; absent if it could not be read
 */
record OptimizerSection(OptimizerSpec rule, Optional<Double> learningRate) {
  private static final List<String> TYPES = List.of("sgd", "rmsprop", "adagrad", "adam", "adamw");

  /** The keys that not every type has, with the types that do. */
  private static final Map<String, List<String>> OWNERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("momentum", List.of("sgd", "rmsprop")),
              Map.entry("dampening", List.of("sgd")),
              Map.entry("nesterov", List.of("sgd")),
              Map.entry("alpha", List.of("rmsprop")),
              Map.entry("centered", List.of("rmsprop")),
              Map.entry("learning-rate-decay", List.of("adagrad")),
              Map.entry("initial-accumulator", List.of("adagrad")),
              Map.entry("beta1", List.of("adam", "adamw")),
              Map.entry("beta2", List.of("adam", "adamw")),
              Map.entry("amsgrad", List.of("adam", "adamw")),
              Map.entry("epsilon", List.of("rmsprop", "adagrad", "adam", "adamw"))));

  /** Reads the section. */
  static OptimizerSection read(Section training) {
    Section section = training.section("optimizer");
    if (!training.has("optimizer")) {
      training.require("optimizer", "add one, as in {type: adam, learning-rate: 1e-3}");
    }
    section.require("type", "use one of " + String.join(", ", TYPES));
    section.require("learning-rate", "give one, for example 1e-3");
    Optional<String> type = section.oneOf("type", TYPES);
    Optional<Double> rate = new SectionNumbers(section).number("learning-rate", Range.POSITIVE);
    OWNERS.forEach((key, types) -> refuseForeign(section, type, key, types));
    return new OptimizerSection(rule(section, type.orElse("")), rate);
  }

  private static void refuseForeign(
      Section section, Optional<String> type, String key, List<String> types) {
    if (type.isEmpty()) {
      section.has(key);
    } else if (!types.contains(type.get())) {
      String message = "belongs to " + String.join(", ", types) + ", not to " + type.get();
      section.refuse(key, message, "delete it, or change the type");
    }
  }

  private static OptimizerSpec rule(Section section, String type) {
    SectionNumbers numbers = new SectionNumbers(section);
    double usualDecay = type.equals("adamw") ? 1e-2 : 0;
    double decay = numbers.number("weight-decay", Range.NOT_NEGATIVE).orElse(usualDecay);
    return switch (type) {
      case "rmsprop" -> rmsProp(section, numbers, decay);
      case "adagrad" -> adaGrad(numbers, decay);
      case "adam" -> adam(section, numbers, decay, false);
      case "adamw" -> adam(section, numbers, decay, true);
      case "sgd" -> sgd(section, numbers, decay);
      default -> new OptimizerSpec.Sgd(0, 0, false, decay);
    };
  }

  private static OptimizerSpec sgd(Section section, SectionNumbers numbers, double decay) {
    double momentum = numbers.number("momentum", Range.FRACTION).orElse(0.0);
    double dampening = numbers.number("dampening", Range.FRACTION).orElse(0.0);
    boolean nesterov = section.flag("nesterov", false);
    if (nesterov && momentum == 0 && section.sound("momentum")) {
      String message = "Nesterov's step needs a momentum, but momentum is 0";
      section.problem("nesterov", message, "add momentum: 0.9, or use nesterov: false");
    } else if (nesterov && dampening > 0) {
      String message = "Nesterov's step is undampened, but dampening is " + Decimal.of(dampening);
      section.problem("nesterov", message, "use dampening: 0, or nesterov: false");
    } else if (dampening > 0 && momentum == 0 && section.sound("momentum")) {
      String message = "dampening has no effect where momentum is 0";
      section.problem("dampening", message, "add momentum: 0.9, or delete the line");
    }
    return new OptimizerSpec.Sgd(momentum, dampening, nesterov, decay);
  }

  private static OptimizerSpec rmsProp(Section section, SectionNumbers numbers, double decay) {
    return new OptimizerSpec.RmsProp(
        numbers.number("alpha", Range.FRACTION).orElse(0.99),
        epsilon(numbers, 1e-8),
        section.flag("centered", false),
        numbers.number("momentum", Range.FRACTION).orElse(0.0),
        decay);
  }

  private static OptimizerSpec adaGrad(SectionNumbers numbers, double decay) {
    return new OptimizerSpec.AdaGrad(
        numbers.number("learning-rate-decay", Range.NOT_NEGATIVE).orElse(0.0),
        numbers.number("initial-accumulator", Range.NOT_NEGATIVE).orElse(0.0),
        epsilon(numbers, 1e-10),
        decay);
  }

  private static OptimizerSpec adam(
      Section section, SectionNumbers numbers, double decay, boolean decoupled) {
    return new OptimizerSpec.Adam(
        numbers.number("beta1", Range.FRACTION).orElse(0.9),
        numbers.number("beta2", Range.FRACTION).orElse(0.999),
        epsilon(numbers, 1e-8),
        section.flag("amsgrad", false),
        decay,
        decoupled);
  }

  private static double epsilon(SectionNumbers numbers, double usual) {
    return numbers.number("epsilon", Range.NOT_NEGATIVE).orElse(usual);
  }

  /** Writes the section. */
  static Map<String, Object> write(OptimizerSpec rule, double learningRate) {
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
}
