package io.hindsight.driver.score;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.AheadTargets;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.score.interval.MarginScores;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.Arrays;
import java.util.function.Function;

/** Finds the margins of a result's intervals on the validation part. */
public final class ConformalMargins {
  private ConformalMargins() {}

  /**
   * Refuses a validation part with too few targets, before anything is trained.
   *
   * @throws DataException if a margin is to be found of fewer than ⌈1/α⌉ targets
   */
  public static void requireEnough(RunData data) {
    OutputSpec output = RecursiveOutput.of(data.spec().output(), data.encoded().encoding());
    if (output.options().margins().isEmpty()) {
      return;
    }
    int needed = MarginScores.needed(output.options().quantiles());
    int[] found = new int[output.size()];
    AheadTargets targets = new AheadTargets(data.encoded().forecast().orElseThrow());
    for (Window each : data.scoring(data.validation())) {
      Window window = targets.of(each);
      boolean lastOnly = output.at() == At.LAST_STEP;
      int from = lastOnly ? window.steps() - 1 : window.scoredFrom();
      for (int t = from; t < window.steps() && least(found) < needed; t++) {
        if (window.isScored(t)) {
          count(window, t, found);
        }
      }
      if (least(found) >= needed) {
        return;
      }
    }
    throw tooFew(least(found), needed, output);
  }

  private static void count(Window window, int t, int[] found) {
    double[] targets = window.sequence().targets();
    int step = window.start() + t;
    for (int e = 0; e < found.length; e++) {
      found[e] += Double.isNaN(targets[step * found.length + e]) ? 0 : 1;
    }
  }

  private static int least(int[] found) {
    return Arrays.stream(found).min().orElse(0);
  }

  private static DataException tooFew(int found, int needed, OutputSpec output) {
    return new DataException(
        "model.output.conformal needs %d targets of each column in the validation part for the quantiles %s"
            .formatted(needed, output.options().quantiles()),
        Integer.toString(found),
        "data.split.validation",
        "make the validation part larger, ask for quantiles nearer to the median, or leave conformal out");
  }

  /** Weights with the margins that their answers to the validation part decide, computed here. */
  public static Parameters calibrated(RunData data, Parameters weights) {
    return calibrated(
        weights, rule -> Evaluator.of(data, data.validation(), rule).evaluate(weights));
  }

  /**
   * The same, computed elsewhere.
   *
   * @param scorer scores the weights on the validation part
   */
  public static Parameters calibrated(Parameters weights, Function<ScoreRule, Scores> scorer) {
    NetworkSpec spec = weights.layout().spec();
    LossOptions options = spec.output().options();
    MarginScores scores = scorer.apply(ScoreRule.ofMargins()).margins().orElseThrow();
    int needed = MarginScores.needed(options.quantiles());
    for (int e = 0; e < scores.elements(); e++) {
      if (scores.targets(e) < needed) { // of many columns, few steps are kept
        throw tooFew(scores.targets(e), needed, spec.output());
      }
    }
    OutputSpec output = spec.output().with(options.withMargins(scores.margins()));
    NetworkSpec answering = new NetworkSpec(spec.input(), spec.layers(), output);
    return new Parameters(new ParameterLayout(answering), weights.values());
  }
}
