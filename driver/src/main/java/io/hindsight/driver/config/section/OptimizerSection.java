package io.hindsight.driver.config.section;

import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.OptimizerSpec.AdaGrad;
import io.hindsight.driver.optim.OptimizerSpec.Adam;
import io.hindsight.driver.optim.OptimizerSpec.RmsProp;
import io.hindsight.driver.optim.OptimizerSpec.Sgd;
import io.hindsight.driver.optim.Reach;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code training.optimizer} section: the update rule, its constants, and the learning rate.
 *
 * @param rule the update rule
 * @param reach which weights decay, and which rows of tables are updated
 * @param learningRate the base rate; absent if it could not be read
 */
record OptimizerSection(OptimizerSpec rule, Reach reach, Optional<Double> learningRate) {
  private static final List<String> TYPES = List.of("sgd", "rmsprop", "adagrad", "adam", "adamw");

  private static final OwnedKeys OWNED_KEYS =
      OwnedKeys.of(
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
    OWNED_KEYS.refuseForeign(section, type);
    OptimizerSpec rule = rule(section, type.orElse(""));
    return new OptimizerSection(rule, new OptimizerConstants(section).reach(rule), rate);
  }

  private static OptimizerSpec rule(Section section, String type) {
    OptimizerConstants constants = new OptimizerConstants(section);
    return switch (type) {
      case "rmsprop" -> constants.rmsProp(RmsProp.DEFAULT);
      case "adagrad" -> constants.adaGrad(AdaGrad.DEFAULT);
      case "adam" -> constants.adam(Adam.DEFAULT);
      case "adamw" -> constants.adam(Adam.DEFAULT_DECOUPLED);
      case "sgd" -> constants.sgd(Sgd.DEFAULT);
      default -> { // a problem already; what every type has is checked nevertheless
        constants.decay(Sgd.DEFAULT.weightDecay());
        yield Sgd.DEFAULT;
      }
    };
  }

  /** Writes the section. */
  static Map<String, Object> write(OptimizerSpec rule, Reach reach, double learningRate) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("type", type(rule));
    section.put("learning-rate", learningRate);
    if (rule instanceof Sgd sgd) {
      section.put("momentum", sgd.momentum());
      section.put("dampening", sgd.dampening());
      section.put("nesterov", sgd.nesterov());
      section.put("weight-decay", sgd.weightDecay());
    } else if (rule instanceof RmsProp rms) {
      section.put("alpha", rms.alpha());
      section.put("epsilon", rms.epsilon());
      section.put("centered", rms.centered());
      section.put("momentum", rms.momentum());
      section.put("weight-decay", rms.weightDecay());
    } else if (rule instanceof AdaGrad ada) {
      section.put("learning-rate-decay", ada.learningRateDecay());
      section.put("initial-accumulator", ada.initialAccumulator());
      section.put("epsilon", ada.epsilon());
      section.put("weight-decay", ada.weightDecay());
    } else if (rule instanceof Adam adam) {
      section.put("beta1", adam.beta1());
      section.put("beta2", adam.beta2());
      section.put("epsilon", adam.epsilon());
      section.put("amsgrad", adam.amsgrad());
      section.put("weight-decay", adam.weightDecay());
    }
    if (reach.decay() != Reach.DEFAULT.decay()) {
      section.put("decay", Words.of(reach.decay()));
    }
    if (reach.sparse()) {
      section.put("sparse", true);
    }
    return section;
  }

  private static String type(OptimizerSpec rule) {
    if (rule instanceof Adam adam) {
      return adam.decoupled() ? "adamw" : "adam";
    }
    if (rule instanceof RmsProp) {
      return "rmsprop";
    }
    return rule instanceof AdaGrad ? "adagrad" : "sgd";
  }
}
