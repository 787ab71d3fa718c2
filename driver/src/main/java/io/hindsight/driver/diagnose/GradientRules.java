package io.hindsight.driver.diagnose;

import io.hindsight.driver.diagnose.Verdict.Kind;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.plain.GateShare;
import java.util.Comparator;
import java.util.Optional;

/** What becomes of gradients on their way back. */
final class GradientRules {
  private static final double HARDLY_LEARNT = 0.9; // of the trivial loss
  private static final double NOT_WELL_LEARNT = 0.5;
  private static final double LEARNT = 0.1;
  private static final double SHORT = 1.0 / 8; // of the steps, that gradients reach back
  private static final int FEW_STEPS = 16; // in which nothing is far away
  private static final double GROWN = 100; // times the gradient at lag 0
  private static final double MOSTLY = 0.8; // of the values of a gate, or of the units
  private static final double NEARLY_ALL = 0.95; // of the values of each gate
  private static final double PERCENT = 100;

  private final Figures figures;

  GradientRules(Figures figures) {
    this.figures = figures;
  }

  Optional<Verdict> exploding() {
    Optional<LayerFigures> worst =
        figures.layers().stream().max(Comparator.comparingDouble(LayerFigures::largest));
    if (figures.targets() > 0 && !Double.isFinite(figures.loss() + figures.gradientNorm())) {
      return Verdict.found(
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
                Verdict.found(
                    Kind.EXPLODING,
                    "The gradient of layer %d grows %.3g-fold on its way back through %d steps, so"
                        + " that updates follow the start of a sequence alone: set"
                        + " training.clip.norm: 1, use an lstm or gru cell or orthogonal initial"
                        + " weights, or shorten training.bptt.window.",
                    layer.layer(),
                    layer.largest(),
                    layer.steps() - 1));
  }

  Optional<Verdict> vanishing() {
    Optional<LayerFigures> furthest =
        figures.layers().stream().max(Comparator.comparingInt(LayerFigures::reach));
    return furthest
        .filter(layer -> layer.steps() >= FEW_STEPS && layer.reach() < SHORT * layer.steps())
        .filter(layer -> figures.share() > HARDLY_LEARNT)
        .flatMap(
            layer ->
                Verdict.found(
                    Kind.VANISHING,
                    "The gradient falls below 1 %% after %d of %d steps back, so that nothing"
                        + " further back is learnt: use an lstm cell with"
                        + " model.initial.forget-bias: 1, a gru cell, model.initial.type:"
                        + " orthogonal, model.layer-norm: true, or shorter sequences.",
                    layer.reach(),
                    layer.steps() - 1));
  }

  /** A gate and where it is. */
  private record Place(int layer, GateShare gate) {
    boolean isTooMuch() {
      return gate.saturated() > MOSTLY;
    }
  }

  Optional<Verdict> saturated() {
    return figures.layers().stream()
        .flatMap(layer -> layer.gates().stream().map(gate -> new Place(layer.layer(), gate)))
        .filter(Place::isTooMuch)
        .max(Comparator.comparingDouble(place -> place.gate().saturated()))
        .filter(place -> figures.share() > (isStiff(place.layer()) ? LEARNT : NOT_WELL_LEARNT))
        .flatMap(GradientRules::saturated);
  }

  /** Whether nothing of a layer moves, so that what is learnt is learnt above it. */
  private boolean isStiff(int layer) {
    return figures.layers().get(layer).gates().stream()
        .allMatch(gate -> gate.saturated() > NEARLY_ALL);
  }

  private static Optional<Verdict> saturated(Place place) {
    String found =
        place.gate().activation() == Activation.RELU
            ? "%.0f %% of the units of layer %d are 0 at every step, so that no gradient passes:"
                + " lower training.optimizer.learning-rate, or use model.activation: tanh."
            : "%.0f %% of the values of gate %3$s in layer %2$d are saturated, so that next to no"
                + " gradient passes: scale the inputs with data.scale: standardize, or lower"
                + " training.optimizer.learning-rate.";
    return Verdict.found(
        Kind.SATURATED,
        found,
        PERCENT * place.gate().saturated(),
        place.layer(),
        place.gate().name());
  }
}
