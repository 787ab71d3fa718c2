package io.hindsight.driver.diagnose;

import io.hindsight.driver.diagnose.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * From figures to verdicts. What a network that has learnt well does, such as to saturate its gates
 * or to look a few steps back only, is no fault; so most rules ask how its loss compares with that
 * of the best constant answer.
 */
final class Rules {
  private final Figures figures;
  private final GradientRules gradients;
  private final LearningRules learning;

  Rules(Figures figures) {
    this.figures = figures;
    gradients = new GradientRules(figures);
    learning = new LearningRules(figures);
  }

  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    // what grows does not vanish
    gradients.exploding().or(gradients::vanishing).ifPresent(verdicts::add);
    gradients.saturated().ifPresent(verdicts::add);
    learning.noTargets().or(learning::update).ifPresent(verdicts::add);
    if (verdicts.isEmpty()) { // otherwise those tell why
      learning.stuck().ifPresent(verdicts::add);
    }
    return verdicts.isEmpty() ? List.of(healthy()) : verdicts;
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
}
