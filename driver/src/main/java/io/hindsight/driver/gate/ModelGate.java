package io.hindsight.driver.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.GateConfig.Baseline;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.Metrics;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges a trained model on data that it was not trained on: by itself, beside answers that need no
 * network, and beside the champion on the same targets. It is a function of scores, which exist
 * only by scoring.
 *
 * <p>The rule for the champion. A holdout is a sample, so two models that are equally good differ
 * on it by chance; and two trainings on the same data do differ a little, of which a large holdout
 * makes sure. With a margin of 0 the candidate passes if it is not surely worse by more than is
 * negligible — the lower bound of the bootstrap is not above that — and not worse by more than the
 * tolerance, so that a small holdout, on which nothing is sure, lets no bad model in. So a clean
 * retraining passes, which knows newer data; a worse one does not. With a margin above 0 it must be
 * better by that share, and surely better at all: then chance does not change the champion. With
 * fewer than {@value #FEWEST} blocks there is no bound, and the candidate must not be worse at all.
 */
public final class ModelGate {
  static final int FEWEST = 5;
  private static final double COMPARABLE = 0.9; // least share of targets that both answer

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
    if (task.kind() == Loss.SQUARED_ERROR) {
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
    holdout.put("metric", metric.name().toLowerCase(Locale.ROOT));
    return new ModelVerdict(
        findings.reasons().isEmpty(),
        unchanged,
        findings.checks(),
        findings.reasons(),
        candidate.toJson(),
        champion.map(HoldoutScore::toJson).orElseGet(Json::object),
        holdout);
  }

  private void checkAlone() {
    double value = candidate.metric(metric);
    String name = metric.name().toLowerCase(Locale.ROOT);
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
        simple.answered().getOrDefault(name, 0L) >= COMPARABLE * candidate.targets();
    return answersMost ? Optional.ofNullable(simple.rmse().get(name)) : Optional.empty();
  }

  /** Forecasts by the root mean squared error, classes by accuracy, whatever the metric. */
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
          candidate.metric(Metric.RMSE),
          reached.get(),
          "the rmse is not better than the baseline " + word);
    }
  }

  private void checkChampion(Champion champion) {
    if (compare("model.champion", candidate, champion.score(), limits.championMargin())) {
      new ChampionDecay(metric, limits.championDecay(), findings)
          .check(champion.score(), champion.blessed());
      limits
          .slices()
          .ifPresent(
              most -> new SliceGate(metric, most, findings).check(candidate, champion.score()));
    }
  }

  private void checkGolden(Golden golden) {
    golden
        .champion()
        .ifPresent(champion -> compare("model.golden", golden.candidate(), champion, 0));
    double value = golden.candidate().metric(metric);
    findings.atMost(
        "model.golden.finite",
        Double.isFinite(value) ? 0 : Double.NaN,
        0,
        "the model has no finite figure on the golden data");
  }

  /** Whether the two can be compared, and what comes of it. */
  private boolean compare(
      String name, HoldoutScore candidate, HoldoutScore champion, double margin) {
    if (!candidate.task().equals(champion.task())) {
      findings.refuse(
          "the champion is not comparable: it has %s, the model %s"
              .formatted(champion.task(), candidate.task()));
      return false;
    }
    PairedBlocks pairs = PairedBlocks.of(candidate.blocks(), champion.blocks());
    if (!findings.atLeast(
        name + ".paired",
        pairs.share(),
        COMPARABLE,
        "the champion is not comparable: share of targets that both were scored on")) {
      return false;
    }
    checkDifference(name, pairs, margin);
    return true;
  }

  private void checkDifference(String name, PairedBlocks pairs, double margin) {
    Bootstrap worse = Bootstrap.of(pairs.sums(metric), limits.confidence());
    String word = metric.name().toLowerCase(Locale.ROOT);
    if (margin > 0) {
      findings.atMost(
          name + ".point",
          worse.point(),
          -margin,
          "the %s is not better than the champion's by the margin; relative difference"
              .formatted(word));
      findings.atMost(
          name + ".upper",
          pairs.size() < FEWEST ? worse.point() : worse.upper(),
          0,
          "the %s is not surely better than the champion's; upper bound of the relative difference"
              .formatted(word));
      return;
    }
    boolean isBounded = pairs.size() >= FEWEST;
    findings.atMost(
        name + ".point",
        worse.point(),
        isBounded ? limits.tolerance() : 0,
        "the %s is worse than the champion's; relative difference".formatted(word));
    if (isBounded) {
      findings.atMost(
          name + ".lower",
          worse.lower(),
          limits.negligible(),
          "the %s is surely worse than the champion's; lower bound of the relative difference"
              .formatted(word));
    }
  }
}
