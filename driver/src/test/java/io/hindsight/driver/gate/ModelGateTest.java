package io.hindsight.driver.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.encoded.ForecastBaselines.Score;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.GateConfig.Baseline;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.predict.HoldoutScores;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Blessing.Check;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.ScoredBlocks;
import io.hindsight.driver.score.kind.ClassFigures;
import io.hindsight.driver.score.kind.TargetErrors;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on models whose errors are known. */
class ModelGateTest {
  private static final GateConfig.Model USUAL =
      new GateConfig.Model(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          GateConfig.Model.DEFAULT_MARGIN,
          GateConfig.Model.DEFAULT_DECAY,
          GateConfig.Model.DEFAULT_NEGLIGIBLE,
          GateConfig.Model.DEFAULT_TOLERANCE,
          GateConfig.Model.DEFAULT_CONFIDENCE,
          Optional.empty(),
          Optional.empty());

  private static GateConfig.Model limits(double margin, Optional<Double> slices) {
    return new GateConfig.Model(
        Optional.of(Metric.RMSE),
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of()),
        margin,
        4,
        0.01,
        0.05,
        0.95,
        Optional.empty(),
        slices);
  }

  private static GateConfig.Model beats(Baseline... baselines) {
    return beats(Optional.empty(), baselines);
  }

  private static GateConfig.Model beats(Optional<Metric> metric, Baseline... baselines) {
    return new GateConfig.Model(
        metric,
        Optional.of(1.5),
        Optional.empty(),
        Optional.of(List.of(baselines)),
        0,
        4,
        0.01,
        0.05,
        0.95,
        Optional.empty(),
        Optional.empty());
  }

  /** Errors that both models share, and some of each one's own. */
  private static double[] errors(int n, long seed, long own, double share, double scale) {
    Random common = new Random(seed);
    Random alone = new Random(own);
    double[] errors = new double[n];
    for (int t = 0; t < n; t++) {
      errors[t] = scale * (common.nextGaussian() + share * alone.nextGaussian());
    }
    return errors;
  }

  private static HoldoutScore values(String weights, double... errors) {
    return HoldoutScores.ofValues(
        weights,
        HoldoutScores.FORECAST,
        ScoredBlocks.ofValues(1, List.of("a"), new double[][] {errors}),
        2);
  }

  private static ModelVerdict judge(
      HoldoutScore candidate, HoldoutScore champion, GateConfig.Model limits) {
    return ModelGate.judge(
        candidate, Optional.of(champion(champion, Json.object())), Optional.empty(), limits);
  }

  private static ModelGate.Champion champion(HoldoutScore score, ObjectNode blessed) {
    return new ModelGate.Champion(score, blessed);
  }

  private static List<String> failed(ModelVerdict verdict) {
    return verdict.checks().stream().filter(check -> !check.passed()).map(Check::name).toList();
  }

  private static double[] scaled(double[] errors, DoubleUnaryOperator scale) {
    return Arrays.stream(errors).map(scale).toArray();
  }

  @Test
  void shouldPassModelsThatAreAsGoodAsTheChampion() {
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      HoldoutScore candidate = values("new", errors(300, i, 1_000 + i, 0.2, 1));
      HoldoutScore champion = values("old", errors(300, i, 2_000 + i, 0.2, 1));
      refused += judge(candidate, champion, USUAL).passed() ? 0 : 1;
    }
    assertTrue(refused <= 2, refused + " of 100");
  }

  @Test
  void shouldPublishNoModelThatIsWorse() {
    for (int i = 0; i < 100; i++) {
      double[] champion = errors(300, i, 2_000 + i, 0.1, 1);
      ModelVerdict verdict =
          judge(
              values("new", errors(300, i, 1_000 + i, 0.1, 1.08)), values("old", champion), USUAL);
      assertFalse(verdict.passed(), "round " + i + ": " + verdict.checks());
    }
  }

  @Test
  void shouldRefuseASmallDifferenceThatIsSure() {
    double[] champion = errors(400, 1, 1, 0, 1);
    ModelVerdict verdict =
        judge(values("new", scaled(champion, e -> 1.02 * e)), values("old", champion), USUAL);

    assertEquals(List.of("model.champion.lower"), failed(verdict));
    assertTrue(
        judge(values("new", scaled(champion, e -> 1.009 * e)), values("old", champion), USUAL)
            .passed(),
        "negligible");
    assertEquals(
        List.of(
            "the rmse is surely worse than the champion's; lower bound of the relative difference: 0.02000, but must be at most 0.01000"),
        verdict.reasons());
  }

  @Test
  void shouldRefuseABadModelWhereTheHoldoutIsTooSmallToBeSure() {
    ModelVerdict few = judge(values("new", 1, -1, 1.2, 1), values("old", 1, -1, 1.1, 1), USUAL);
    assertEquals(List.of("model.champion.point"), failed(few), "two blocks: not worse at all");
    ModelVerdict noisy =
        judge(
            values("new", errors(30, 3, 7, 1, 1.5)), values("old", errors(30, 3, 8, 1, 1)), USUAL);
    assertFalse(noisy.passed(), noisy.checks().toString());
  }

  @Test
  void shouldAskForTheMarginAndForCertainty() {
    double[] champion = errors(400, 1, 1, 0, 1);
    HoldoutScore old = values("old", champion);

    assertTrue(
        judge(values("new", scaled(champion, e -> 0.97 * e)), old, limits(0.02, Optional.empty()))
            .passed());
    assertEquals(
        List.of("model.champion.point"),
        failed(
            judge(
                values("new", scaled(champion, e -> 0.99 * e)),
                old,
                limits(0.02, Optional.empty()))));
    HoldoutScore lucky = values("new", errors(40, 1, 5, 1, 0.97));
    HoldoutScore other = values("old", errors(40, 1, 6, 1, 1));
    ModelVerdict verdict = judge(lucky, other, limits(1e-6, Optional.empty()));
    assertTrue(failed(verdict).contains("model.champion.upper"), verdict.checks().toString());
  }

  @Test
  void shouldKnowTheChampionByItsWeights() {
    double[] errors = errors(100, 1, 1, 0, 1);
    ModelVerdict verdict = judge(values("same", errors), values("same", errors), USUAL);

    assertTrue(verdict.unchanged());
    assertFalse(verdict.passed());
    assertEquals(
        List.of("the model has the weights of the champion: nothing has changed"),
        verdict.reasons());
  }

  @Test
  void shouldNeverPassWhatIsNoNumber() {
    double[] broken = errors(100, 1, 1, 0, 1);
    broken[40] = Double.NaN;
    HoldoutScore candidate = values("new", broken);

    assertFalse(ModelGate.judge(candidate, Optional.empty(), Optional.empty(), USUAL).passed());
    assertFalse(
        ModelGate.judge(candidate, Optional.empty(), Optional.empty(), limits(0, Optional.empty()))
            .passed());
    ModelVerdict beside = judge(candidate, values("old", errors(100, 1, 1, 0, 1)), USUAL);
    assertTrue(failed(beside).contains("model.champion.point"), beside.checks().toString());
    assertFalse(
        judge(values("new", errors(100, 1, 1, 0, 1)), values("old", broken), USUAL).passed());
  }

  @Test
  void shouldJudgeTheFirstModelByItselfAndBesideBaselines() {
    HoldoutScore good = values("new", errors(100, 1, 1, 0, 1));

    ModelVerdict first = ModelGate.judge(good, Optional.empty(), Optional.empty(), USUAL);
    assertTrue(first.passed(), first.reasons().toString());
    assertEquals(
        List.of("model.targets", "model.beats.last-value"),
        first.checks().stream().map(Check::name).toList());
    ModelVerdict bad =
        ModelGate.judge(
            values("new", errors(100, 1, 1, 0, 2.5)),
            Optional.empty(),
            Optional.empty(),
            beats(Baseline.LAST_VALUE));
    assertEquals(List.of("model.at-most", "model.beats.last-value"), failed(bad));
    ModelVerdict without =
        ModelGate.judge(good, Optional.empty(), Optional.empty(), beats(Baseline.SEASONAL_NAIVE));
    assertEquals(
        List.of("the baseline seasonal-naive cannot be had on this holdout"), without.reasons());
  }

  /** A row that is missing, one season ago, must not spare a model its baseline. */
  @Test
  void shouldAskForABaselineThatAnswersMostTargets() {
    HoldoutScore good = values("new", errors(100, 1, 1, 0, 1));
    for (long answered : List.of(95L, 80L)) {
      Baselines better =
          new Baselines(
              new TreeMap<>(
                  Map.of(
                      "last_value", new Score(2, 2, 1, 100, List.of()),
                      "seasonal_naive", new Score(0.5, 0.5, 1, answered, List.of()))),
              new TreeMap<>());
      ModelVerdict verdict =
          ModelGate.judge(
              HoldoutScores.withBaselines(good, better), Optional.empty(), Optional.empty(), USUAL);
      assertEquals(
          answered == 95 ? List.of("model.beats.seasonal-naive") : List.of(), failed(verdict));
    }
  }

  /** A few large errors make the squared one of the model larger, and the absolute one smaller. */
  @ParameterizedTest
  @CsvSource({"RMSE, false", "MAE, true"})
  void shouldCompareWithBaselinesByTheMetricThatDecides(Metric metric, boolean passes) {
    double[] errors = new double[100];
    Arrays.fill(errors, 0, 5, 10); // of 5 targets; rmse 2.24, mae 0.5
    Baselines simple =
        new Baselines(
            new TreeMap<>(Map.of("last_value", new Score(1, 1, 0.5, 100, List.of()))),
            new TreeMap<>());

    ModelVerdict verdict =
        ModelGate.judge(
            HoldoutScores.withBaselines(values("new", errors), simple),
            Optional.empty(),
            Optional.empty(),
            beats(Optional.of(metric), Baseline.LAST_VALUE));

    assertEquals(passes, verdict.passed(), verdict.reasons().toString());
    assertEquals(metric.name().toLowerCase(Locale.ROOT), verdict.metric());
  }

  /** A network trained on shuffled labels does not beat the most frequent class. */
  @Test
  void shouldRefuseWhatHasLearnedNothing() {
    Random random = new Random(2);
    boolean[][] chance = new boolean[1][200];
    boolean[][] learned = new boolean[1][200];
    for (int t = 0; t < 200; t++) {
      chance[0][t] = random.nextDouble() < 0.5;
      learned[0][t] = random.nextDouble() < 0.9;
    }
    HoldoutScore shuffled =
        HoldoutScores.ofClasses("new", ScoredBlocks.ofClasses(List.of("a"), chance), 0.55);
    HoldoutScore sound =
        HoldoutScores.ofClasses("old", ScoredBlocks.ofClasses(List.of("a"), learned), 0.55);

    assertEquals(
        List.of("model.beats.majority"),
        failed(ModelGate.judge(shuffled, Optional.empty(), Optional.empty(), USUAL)));
    assertTrue(ModelGate.judge(sound, Optional.empty(), Optional.empty(), USUAL).passed());
    assertTrue(
        failed(judge(shuffled, sound, USUAL))
            .containsAll(List.of("model.champion.point", "model.champion.lower")));
  }

  @Test
  void shouldRefuseAChampionThatForecastsSomethingElse() {
    double[] errors = errors(100, 1, 1, 0, 1);
    HoldoutScore candidate = values("new", errors);
    HoldoutScore ahead =
        HoldoutScores.ofValues(
            "old",
            new HoldoutScore.Task(Loss.SQUARED_ERROR, Horizon.of(12), List.of("ppm")),
            candidate.blocks(),
            2);
    assertTrue(
        judge(candidate, ahead, USUAL)
            .reasons()
            .get(0)
            .startsWith("the champion is not comparable"));
    HoldoutScore shorter = values("old", Arrays.copyOf(errors, 60));
    assertEquals(List.of("model.champion.paired"), failed(judge(candidate, shorter, USUAL)));
    HoldoutScore elsewhere =
        HoldoutScores.ofValues(
            "old",
            HoldoutScores.FORECAST,
            ScoredBlocks.ofValues(1, List.of("b"), new double[][] {errors}),
            2);
    assertEquals(List.of("model.champion.paired"), failed(judge(candidate, elsewhere, USUAL)));
  }

  /** On values without meaning a mean is "better" than a model that had learned something. */
  @Test
  void shouldRefuseDataOnWhichTheChampionAnswersFarWorseThanWhenItWasBlessed() {
    double[] errors = errors(400, 1, 1, 0, 1);
    HoldoutScore candidate = values("new", errors);
    HoldoutScore champion = values("old", scaled(errors, e -> 1.6 * e));
    for (double then : new double[] {0.35, 0.45}) {
      ObjectNode blessed = values("old", scaled(errors, e -> then * e)).toJson();
      ModelVerdict verdict =
          ModelGate.judge(
              candidate, Optional.of(champion(champion, blessed)), Optional.empty(), USUAL);
      assertEquals(
          then == 0.45 ? List.of() : List.of("model.champion.decay"),
          failed(verdict),
          verdict.reasons().toString());
    }
  }

  @Test
  void shouldSeeASliceThatOneFigureHides() {
    double[] champion = errors(400, 1, 1, 0, 1);
    HoldoutScore old = values("old", champion);
    HoldoutScore candidate = values("new", scaled(champion, e -> 0.9 * e));
    Details before =
        new Details(
            Map.of("x", new TargetErrors(1, 1), "y", new TargetErrors(1, 1)),
            Map.of(),
            List.of(),
            List.of());
    Details now =
        new Details(
            Map.of("x", new TargetErrors(0.5, 1), "y", new TargetErrors(1.4, 1)),
            Map.of(),
            List.of(),
            List.of());
    ModelVerdict verdict =
        judge(
            HoldoutScores.withDetails(candidate, now),
            HoldoutScores.withDetails(old, before),
            limits(0, Optional.of(0.3)));
    assertEquals(List.of("model.slice.target:y"), failed(verdict));
    ModelVerdict classes =
        judge(
            HoldoutScores.withDetails(candidate, recall(0.4)),
            HoldoutScores.withDetails(old, recall(0.8)),
            limits(0, Optional.of(0.3)));
    assertEquals(List.of("model.slice.class:rare"), failed(classes));
    double[][] two = {champion, champion};
    double[][] worse = {scaled(champion, e -> 0.5 * e), scaled(champion, e -> 1.2 * e)};
    ModelVerdict sequences =
        judge(ofTwo("new", worse), ofTwo("old", two), limits(0, Optional.of(0.15)));
    assertEquals(List.of("model.slice.sequence:b"), failed(sequences));
  }

  private static Details recall(double recall) {
    return new Details(
        Map.of(), Map.of("rare", new ClassFigures(0.5, recall, 0.5, 50)), List.of(), List.of());
  }

  private static HoldoutScore ofTwo(String weights, double[][] errors) {
    return HoldoutScores.ofValues(
        weights, HoldoutScores.FORECAST, ScoredBlocks.ofValues(1, List.of("a", "b"), errors), 2);
  }

  @Test
  void shouldCompareOnTheGoldenDataToo() {
    double[] errors = errors(400, 1, 1, 0, 1);
    HoldoutScore candidate = values("new", scaled(errors, e -> 0.8 * e));
    HoldoutScore champion = values("old", errors);
    ModelGate.Golden golden =
        new ModelGate.Golden(
            values("new", scaled(errors, e -> 1.2 * e)), Optional.of(values("old", errors)));
    ModelVerdict verdict =
        ModelGate.judge(
            candidate, Optional.of(champion(champion, Json.object())), Optional.of(golden), USUAL);

    assertEquals(List.of("model.golden.point", "model.golden.lower"), failed(verdict));
  }

  @Test
  void shouldGoStraightIntoTheBlessing() {
    double[] errors = errors(100, 1, 1, 0, 1);
    ModelVerdict passed =
        judge(values("new", scaled(errors, e -> 0.9 * e)), values("old", errors), USUAL);
    DataVerdict sound = new DataVerdict(DataVerdict.Kind.PASSED, List.of(), List.of());
    Blessing blessing = passed.blessing(sound);

    assertTrue(blessing.blessed());
    assertEquals(passed.checks(), blessing.checks());
    assertEquals("new", blessing.candidate().get("weights_sha256").asText());
    assertEquals(
        passed.champion().get("metrics").get("rmse").asDouble() * 0.9,
        blessing.candidate().get("metrics").get("rmse").asDouble(),
        1e-12);
    DataVerdict broken = new DataVerdict(DataVerdict.Kind.BROKEN, List.of(), List.of("why"));
    assertFalse(passed.blessing(broken).blessed());
    assertEquals(List.of("why"), ModelVerdict.refused(broken).reasons());
  }

  /** A figure that was kept from an earlier run has no way in. */
  @Test
  void shouldTakeScoresThatOnlyScoringMakes() {
    assertEquals(0, HoldoutScore.class.getConstructors().length);
    assertTrue(Modifier.isFinal(HoldoutScore.class.getModifiers()));
    List<List<Class<?>>> makers =
        Arrays.stream(HoldoutScore.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(method -> List.of(method.getParameterTypes()))
            .toList();
    assertEquals(List.of(List.of(ModelBundle.class)), makers);
  }
}
