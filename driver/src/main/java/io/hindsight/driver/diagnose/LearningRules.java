package io.hindsight.driver.diagnose;

import io.hindsight.driver.diagnose.UpdateFigures.Origin;
import io.hindsight.driver.diagnose.UpdateFigures.Ratio;
import io.hindsight.driver.diagnose.Verdict.Kind;
import java.util.Optional;

/** What updates and targets tell. */
final class LearningRules {
  private static final double NOT_WELL_LEARNT = 0.5; // of the trivial loss
  private static final double NOT_LEARNT = 0.99;
  private static final double SMALL_UPDATE = 1e-6; // of the size of the weights
  private static final double LARGE_UPDATE = 0.1;
  private static final long MANY_STEPS = 100;
  private static final double FLAT = 1e-3;
  private static final int MANY_WINDOWS = 8; // that have not the same class by chance

  private final Figures figures;

  LearningRules(Figures figures) {
    this.figures = figures;
  }

  Optional<Verdict> noTargets() {
    if (figures.targets() == 0) {
      return Verdict.found(
          Kind.NOT_LEARNING,
          "None of the %d windows has a target: look at data.targets.",
          figures.windows());
    }
    boolean same = figures.trivialLoss() == 0 && figures.windows() >= MANY_WINDOWS;
    return same
        ? Verdict.found(
            Kind.NOT_LEARNING,
            "All %,d targets are the same, so that there is nothing to learn from them: look at"
                + " data.targets.",
            figures.targets())
        : Optional.empty();
  }

  Optional<Verdict> update() {
    return figures.update().flatMap(update -> update.largest().flatMap(most -> of(update, most)));
  }

  private Optional<Verdict> of(UpdateFigures update, Ratio most) {
    if (most.ratio() < SMALL_UPDATE && figures.share() > NOT_WELL_LEARNT) {
      return Verdict.found(
          Kind.NOT_LEARNING,
          "An update changes no weight matrix by more than %.3g of its size, so that the loss stays"
              + " at %.4g, where always the same answer has %.4g: raise"
              + " training.optimizer.learning-rate from %.3g; find-rate suggests one.",
          most.ratio(),
          figures.loss(),
          figures.trivialLoss(),
          update.learningRate());
    }
    boolean typical = update.origin() != Origin.FIRST; // whose step Adam and its kin make largest
    return typical && most.ratio() > LARGE_UPDATE && figures.share() > NOT_WELL_LEARNT
        ? Verdict.found(
            Kind.NOT_LEARNING,
            "An update changes %s by %.3g of its size, so that each undoes what those before it"
                + " learnt: lower training.optimizer.learning-rate from %.3g; find-rate suggests"
                + " one.",
            most.block(),
            most.ratio(),
            update.learningRate())
        : Optional.empty();
  }

  Optional<Verdict> stuck() {
    boolean isTrained = figures.history().filter(h -> h.steps() >= MANY_STEPS).isPresent();
    return (isTrained || figures.slope() < FLAT) && figures.share() > NOT_LEARNT
        ? Verdict.found(
            Kind.NOT_LEARNING,
            "The loss of %.4g is no lower than the %.4g of always the same answer: see whether the"
                + " inputs tell the targets at all, look for a learning rate with find-rate, and"
                + " train longer.",
            figures.loss(),
            figures.trivialLoss())
        : Optional.empty();
  }
}
