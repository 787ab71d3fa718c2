package io.hindsight.driver.config.section;

import io.hindsight.datasets.Decimal;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.Reach;
import io.hindsight.driver.optim.Reach.Decay;

/** Reads the constants of an update rule, each with a usual one in place of what is not given. */
final class OptimizerConstants {
  private final Section section;
  private final SectionNumbers numbers;

  /** Of the {@code training.optimizer} section. */
  OptimizerConstants(Section section) {
    this.section = section;
    numbers = new SectionNumbers(section);
  }

  /** Those of SGD, which must fit one another. */
  OptimizerSpec sgd(OptimizerSpec.Sgd usual) {
    double decay = decay(usual.weightDecay());
    double momentum = fraction("momentum", usual.momentum());
    double dampening = fraction("dampening", usual.dampening());
    boolean nesterov = section.flag("nesterov", usual.nesterov());
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

  /** Those of RMSProp. */
  OptimizerSpec rmsProp(OptimizerSpec.RmsProp usual) {
    double decay = decay(usual.weightDecay());
    return new OptimizerSpec.RmsProp(
        fraction("alpha", usual.alpha()),
        notNegative("epsilon", usual.epsilon()),
        section.flag("centered", usual.centered()),
        fraction("momentum", usual.momentum()),
        decay);
  }

  /** Those of AdaGrad. */
  OptimizerSpec adaGrad(OptimizerSpec.AdaGrad usual) {
    double decay = decay(usual.weightDecay());
    return new OptimizerSpec.AdaGrad(
        notNegative("learning-rate-decay", usual.learningRateDecay()),
        notNegative("initial-accumulator", usual.initialAccumulator()),
        notNegative("epsilon", usual.epsilon()),
        decay);
  }

  /** Those of Adam or AdamW, whichever the usual ones are of. */
  OptimizerSpec adam(OptimizerSpec.Adam usual) {
    double decay = decay(usual.weightDecay());
    return new OptimizerSpec.Adam(
        fraction("beta1", usual.beta1()),
        fraction("beta2", usual.beta2()),
        notNegative("epsilon", usual.epsilon()),
        section.flag("amsgrad", usual.amsgrad()),
        decay,
        usual.decoupled());
  }

  /** Which weights a rule decays and updates. */
  Reach reach(OptimizerSpec rule) {
    Decay decay = section.choice("decay", Decay.class).orElse(Reach.DEFAULT.decay());
    if (decay != Reach.DEFAULT.decay()
        && rule.weightDecay() == 0
        && section.sound("weight-decay")) {
      String message = "decay has no effect where weight-decay is 0";
      section.problem("decay", message, "add weight-decay: 0.01, or delete the line");
    }
    return new Reach(decay, section.flag("sparse", Reach.DEFAULT.sparse()));
  }

  /** The weight decay, which every rule has. */
  double decay(double usual) {
    return notNegative("weight-decay", usual);
  }

  private double fraction(String key, double usual) {
    return numbers.number(key, Range.FRACTION).orElse(usual);
  }

  private double notNegative(String key, double usual) {
    return numbers.number(key, Range.NOT_NEGATIVE).orElse(usual);
  }
}
