package io.hindsight.driver.diagnose;

import io.hindsight.driver.diagnose.UpdateFigures.Origin;
import io.hindsight.driver.diagnose.UpdateFigures.Ratio;
import io.hindsight.driver.diagnose.Verdict.Kind;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.plain.GateShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From figures to verdicts. What a network that has learnt well does, such as to saturate its gates
 * or to look a few steps back only, is no fault; so most rules ask how its loss compares with that
 * of the best constant answer.
 */
final class Rules {
  private static final double HARDLY_LEARNT = 0.9; // of the trivial loss
  private static final double NOT_WELL_LEARNT = 0.5;
  private static final double NOT_LEARNT = 0.99;
  private static final double SHORT = 1.0 / 8; // of the steps, that gradients reach back
  private static final int FEW_STEPS = 16; // in which nothing is far away
  private static final double GROWN = 100; // times the gradient at lag 0
  private static final double MOSTLY = 0.8; // of the values of a gate
  private static final double HALF = 0.5; // of the units of a layer
  private static final double SMALL_UPDATE = 1e-6; // of the size of the weights
  private static final double LARGE_UPDATE = 0.1;
  private static final long MANY_STEPS = 100;
  private static final double FLAT = 1e-3;
  private static final int MANY_WINDOWS = 8; // that have not the same class by chance
  private static final double PERCENT = 100;

  private final Figures figures;

  Rules(Figures figures) {
    this.figures = figures;
  }

  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    exploding().ifPresent(verdicts::add);
    if (verdicts.isEmpty()) { // what grows does not vanish
      vanishing().ifPresent(verdicts::add);
    }
    saturated().ifPresent(verdicts::add);
    noTargets().or(this::update).ifPresent(verdicts::add);
    if (verdicts.isEmpty()) { // otherwise those tell why
      stuck().ifPresent(verdicts::add);
    }
    return verdicts.isEmpty() ? List.of(healthy()) : verdicts;
  }

  private Optional<Verdict> exploding() {
    Optional<LayerFigures> worst =
        figures.layers().stream().max(Comparator.comparingDouble(LayerFigures::largest));
    if (figures.targets() > 0 && !Double.isFinite(figures.loss() + figures.gradientNorm())) {
      return verdict(
          Kind.EXPLODING,
          "The loss is %.3g and its gradient %.3g, so the states or the weights have grown without"
              + " bound: lower training.optimizer.learning-rate, set training.clip.norm: 1, and"
              + " look for extreme values in the data.",
          figures.loss(),
          figures.gradientNorm());
    }
    return worst
        .filter(layer -> !(layer.largest() <= GROWN))
        .flatMap(
            layer ->
                verdict(
                    Kind.EXPLODING,
                    "The gradient of layer %d grows %.3g-fold on its way back through %d steps, so"
                        + " that updates follow the start of a sequence alone: set"
                        + " training.clip.norm: 1, use an lstm or gru cell or orthogonal initial"
                        + " weights, or shorten training.bptt.window.",
                    layer.layer(),
                    layer.largest(),
                    layer.steps() - 1));
  }

  private Optional<Verdict> vanishing() {
    Optional<LayerFigures> furthest =
        figures.layers().stream().max(Comparator.comparingInt(LayerFigures::reach));
    return furthest
        .filter(layer -> layer.steps() >= FEW_STEPS && layer.reach() < SHORT * layer.steps())
        .filter(layer -> figures.share() > HARDLY_LEARNT)
        .flatMap(
            layer ->
                verdict(
                    Kind.VANISHING,
                    "The gradient falls below 1 %% after %d of %d steps back, so that nothing"
                        + " further back is learnt: use an lstm cell with"
                        + " model.initial.forget-bias: 1, a gru cell, model.initial.type:"
                        + " orthogonal, or shorter sequences.",
                    layer.reach(),
                    layer.steps() - 1));
  }

  /** A gate and where it is. */
  private record Place(int layer, GateShare gate) {
    boolean isTooMuch() {
      return gate.saturated() > (gate.activation() == Activation.RELU ? HALF : MOSTLY);
    }
  }

  private Optional<Verdict> saturated() {
    return figures.layers().stream()
        .flatMap(layer -> layer.gates().stream().map(gate -> new Place(layer.layer(), gate)))
        .filter(Place::isTooMuch)
        .max(Comparator.comparingDouble(place -> place.gate().saturated()))
        .filter(place -> !(figures.share() <= NOT_WELL_LEARNT))
        .flatMap(Rules::saturated);
  }

  private static Optional<Verdict> saturated(Place place) {
    String found =
        place.gate().activation() == Activation.RELU
            ? "%.0f %% of the units of layer %d are 0 at every step, so that no gradient passes:"
                + " lower training.optimizer.learning-rate, or use model.activation: tanh."
            : "%.0f %% of the values of gate %3$s in layer %2$d are saturated, so that next to no"
                + " gradient passes: scale the inputs with data.scale: standardize, or lower"
                + " training.optimizer.learning-rate.";
    return verdict(
        Kind.SATURATED,
        found,
        PERCENT * place.gate().saturated(),
        place.layer(),
        place.gate().name());
  }

  private Optional<Verdict> noTargets() {
    if (figures.targets() == 0) {
      return verdict(
          Kind.NOT_LEARNING,
          "None of the %d windows has a target: look at data.targets.",
          figures.windows());
    }
    boolean same = figures.trivialLoss() == 0 && figures.windows() >= MANY_WINDOWS;
    return same
        ? verdict(
            Kind.NOT_LEARNING,
            "All %,d targets are the same, so that there is nothing to learn from them: look at"
                + " data.targets.",
            figures.targets())
        : Optional.empty();
  }

  private Optional<Verdict> update() {
    return figures.update().flatMap(update -> update.largest().flatMap(most -> of(update, most)));
  }

  private Optional<Verdict> of(UpdateFigures update, Ratio most) {
    if (most.ratio() < SMALL_UPDATE && figures.share() > HARDLY_LEARNT) {
      return verdict(
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
    return typical && most.ratio() > LARGE_UPDATE && !(figures.share() <= NOT_WELL_LEARNT)
        ? verdict(
            Kind.NOT_LEARNING,
            "An update changes %s by %.3g of its size, so that each undoes what those before it"
                + " learnt: lower training.optimizer.learning-rate from %.3g; find-rate suggests"
                + " one.",
            most.block(),
            most.ratio(),
            update.learningRate())
        : Optional.empty();
  }

  private Optional<Verdict> stuck() {
    boolean long_ = figures.history().filter(h -> h.steps() >= MANY_STEPS).isPresent();
    return (long_ || figures.slope() < FLAT) && figures.share() > NOT_LEARNT
        ? verdict(
            Kind.NOT_LEARNING,
            "The loss of %.4g is no lower than the %.4g of always the same answer: see whether the"
                + " inputs tell the targets at all, look for a learning rate with find-rate, and"
                + " train longer.",
            figures.loss(),
            figures.trivialLoss())
        : Optional.empty();
  }

  private Verdict healthy() {
    int reach = figures.layers().stream().mapToInt(LayerFigures::reach).max().orElse(0);
    return Verdict.of(
        Kind.HEALTHY,
        "Nothing is wrong that these figures would show: gradients reach %d steps back, and the"
            + " loss is %.4g, where always the same answer has %.4g.",
        reach,
        figures.loss(),
        figures.trivialLoss());
  }

  private static Optional<Verdict> verdict(Kind kind, String advice, Object... values) {
    return Optional.of(Verdict.of(kind, advice, values));
  }
}
