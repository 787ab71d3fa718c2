package io.hindsight.driver.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.GateConfig.Baseline;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges a trained model on data that it was not trained on: by itself, beside answers that need no
 * network, and beside the champion on the same targets. It is a function of scores, which exist
 * only by scoring.
 */
public final class ModelGate {
  private final HoldoutScore candidate;
  private final GateConfig.Model limits;
  private final Metric metric;
  private final Findings findings = new Findings();

  private ModelGate(HoldoutScore candidate, GateConfig.Model limits) {
    this.candidate = candidate;
    this.limits = limits;
    this.metric = limits.metric().orElseGet(() -> usual(candidate.task()));
  }

  private static Metric usual(HoldoutScore.Task task) {
    if (task.kind().targetsAreValues()) {
      return Metric.RMSE;
    }
    return task.targets().isEmpty() ? Metric.LOSS : Metric.ACCURACY; // only text has no columns
  }

  /**
   * The model that is in use.
   *
   * @param score scored now, on the same as the candidate
   * @param blessed the figures of its own blessing; empty where no gate has judged it
   */
  public record Champion(HoldoutScore score, ObjectNode blessed) {}

  /**
   * Scores on the golden data, where there is some.
   *
   * @param candidate of the model that is judged
   * @param champion of the champion; absent in a first run
   */
  public record Golden(HoldoutScore candidate, Optional<HoldoutScore> champion) {}

  /**
   * Judges a model.
   *
   * @param candidate its score on the test part of the window
   * @param champion absent in a first run
   * @param golden both on the golden data; absent where there is none
   */
  public static ModelVerdict judge(
      HoldoutScore candidate,
      Optional<Champion> champion,
      Optional<Golden> golden,
      GateConfig.Model limits) {
    ModelGate gate = new ModelGate(candidate, limits);
    gate.checkAlone();
    boolean unchanged =
        champion
            .filter(c -> c.score().weightsSha256().equals(candidate.weightsSha256()))
            .isPresent();
    if (unchanged) {
      gate.findings.refuse("the model has the weights of the champion: nothing has changed");
    } else {
      champion.ifPresent(gate::checkChampion);
      golden.ifPresent(gate::checkGolden);
    }
    return gate.verdict(champion.map(Champion::score), unchanged);
  }

  private ModelVerdict verdict(Optional<HoldoutScore> champion, boolean unchanged) {
    ObjectNode holdout = Json.object().put("targets", candidate.targets());
    holdout.put(ModelVerdict.METRIC, name());
    return new ModelVerdict(
        findings.reasons().isEmpty(),
        unchanged,
        findings.checks(),
        findings.reasons(),
        candidate.toJson(),
        champion.map(HoldoutScore::toJson).orElseGet(Json::object),
        holdout);
  }

  private String name() {
    return metric.name().toLowerCase(Locale.ROOT);
  }

  private void checkAlone() {
    double value = candidate.metric(metric);
    String name = name();
    findings.atLeast("model.targets", candidate.targets(), 1, "the holdout has no target");
    if (!Double.isFinite(value)) {
      findings.atMost("model." + name, value, Double.MAX_VALUE, "the model has no finite " + name);
    }
    limits
        .atMost()
        .ifPresent(
            most -> findings.atMost("model.at-most", value, most, "the " + name + " is too large"));
    limits
        .atLeast()
        .ifPresent(
            least ->
                findings.atLeast("model.at-least", value, least, "the " + name + " is too small"));
    baselines().forEach(this::checkBaseline);
  }

  /** Those that are named, or that can be had. */
  private List<Baseline> baselines() {
    if (limits.beats().isPresent()) {
      return limits.beats().get();
    }
    List<Baseline> there = new ArrayList<>();
    for (Baseline baseline :
        List.of(Baseline.LAST_VALUE, Baseline.SEASONAL_NAIVE, Baseline.MAJORITY)) {
      if (reached(baseline).isPresent()) {
        there.add(baseline);
      }
    }
    return there;
  }

  /** What a baseline reaches; absent where it leaves many targets without an answer. */
  private Optional<Double> reached(Baseline baseline) {
    if (baseline == Baseline.MAJORITY) {
      return Optional.ofNullable(candidate.metrics().get(Metrics.MAJORITY));
    }
    String name = baseline.name().toLowerCase(Locale.ROOT);
    Baselines simple = candidate.baselines();
    boolean answersMost =
        simple.answered().getOrDefault(name, 0L) >= Comparison.COMPARABLE * candidate.targets();
    return answersMost
        ? Optional.ofNullable(simple.figures().get(name)).map(this::figure)
        : Optional.empty();
  }

  private double figure(ForecastBaselines.Score score) {
    return switch (metric) {
      case MAE -> score.mae();
      case MASE -> score.mase();
      case RMSE, LOSS, ACCURACY -> score.rmse();
    };
  }

  /** Forecasts by the metric that decides, classes by accuracy even where their loss decides. */
  private void checkBaseline(Baseline baseline) {
    String word = baseline.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Optional<Double> reached = reached(baseline);
    if (reached.isEmpty()) {
      findings.refuse("the baseline %s cannot be had on this holdout".formatted(word));
    } else if (baseline == Baseline.MAJORITY) {
      findings.above(
          "model.beats." + word,
          candidate.metric(Metric.ACCURACY),
          reached.get(),
          "the accuracy is not better than always the most frequent class");
    } else {
      findings.below(
          "model.beats." + word,
          candidate.metric(metric),
          reached.get(),
          "the %s is not better than the baseline %s".formatted(name(), word));
    }
  }

  private void checkChampion(Champion champion) {
    if (compared(Comparison.On.HOLDOUT).check(candidate, champion.score())) {
      new ChampionDecay(metric, limits.championDecay(), findings)
          .check(champion.score(), champion.blessed());
      limits
          .slices()
          .ifPresent(
              most -> new SliceGate(metric, most, findings).check(candidate, champion.score()));
    }
  }

  private Comparison compared(Comparison.On data) {
    return new Comparison(data, metric, limits, findings);
  }

  private void checkGolden(Golden golden) {
    golden
        .champion()
        .ifPresent(champion -> compared(Comparison.On.GOLDEN).check(golden.candidate(), champion));
    double value = golden.candidate().metric(metric);
    findings.atMost(
        "model.golden.finite",
        Double.isFinite(value) ? 0 : Double.NaN,
        0,
        "the model has no finite figure on the golden data");
  }
}
