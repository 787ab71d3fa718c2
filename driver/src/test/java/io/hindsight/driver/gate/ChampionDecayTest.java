package io.hindsight.driver.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.predict.HoldoutScores;
import io.hindsight.driver.registry.Blessing.Check;
import io.hindsight.driver.score.ScoredBlocks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors of a champion, now and when it was blessed, whose quotient is known. */
class ChampionDecayTest {
  private static Findings check(Metric metric, HoldoutScore now, ObjectNode then) {
    Findings findings = new Findings();
    new ChampionDecay(metric, 4, findings).check(now, then);
    return findings;
  }

  /** All targets with the same error; the last value's is {@code simple}. */
  private static HoldoutScore values(double error, double simple) {
    double[] errors = new double[48];
    Arrays.fill(errors, error);
    return HoldoutScores.ofValues(
        "old",
        HoldoutScores.FORECAST,
        ScoredBlocks.ofValues(1, List.of("a"), new double[][] {errors}),
        simple);
  }

  private static HoldoutScore classes(int wrong, int targets) {
    boolean[] right = new boolean[targets];
    Arrays.fill(right, wrong, targets, true);
    return HoldoutScores.ofClasses(
        "old", ScoredBlocks.ofClasses(List.of("a"), new boolean[][] {right}), 0.5);
  }

  private static double value(Findings findings) {
    assertEquals(1, findings.checks().size());
    Check check = findings.checks().get(0);
    assertEquals("model.champion.decay", check.name());
    assertEquals(4, check.limit());
    assertEquals(check.passed(), findings.reasons().isEmpty());
    return check.value();
  }

  @Test
  void shouldCompareErrorsOfValues() {
    assertEquals(2, value(check(Metric.RMSE, values(3, 9), values(1.5, 9).toJson())), 1e-12);
    assertEquals(5, value(check(Metric.MAE, values(7.5, 9), values(1.5, 9).toJson())), 1e-12);
  }

  @Test
  void shouldNotTakeAnErrorThatIsStillSmallBesideTheBaselinesForDecay() {
    ObjectNode nearlyNone = values(1e-9, 2).toJson();
    assertEquals(0.5, value(check(Metric.RMSE, values(0.1, 2), nearlyNone)), 1e-12);
    assertEquals(10, value(check(Metric.RMSE, values(2, 2), nearlyNone)), 1e-12);
    ObjectNode alone = Json.object();
    alone.putObject("metrics").put("rmse", 0);
    assertEquals(1, value(check(Metric.RMSE, values(0, 2), alone)), "none, then and now");
  }

  /** By hand: (24 + 2) / 52 is 0.5, (2 + 2) / 52 a thirteenth, (0 + 2) / 52 half of that. */
  @Test
  void shouldCompareSharesOfWrongAnswersAsCountsThatMayBeSmall() {
    assertEquals(
        6.5, value(check(Metric.ACCURACY, classes(24, 48), classes(2, 48).toJson())), 1e-12);
    assertEquals(2, value(check(Metric.ACCURACY, classes(2, 48), classes(0, 48).toJson())), 1e-12);
  }

  @Test
  void shouldComparePerplexities() {
    ObjectNode then = Json.object();
    HoldoutScore now = classes(24, 48);
    then.putObject("metrics").put("loss", now.metric(Metric.LOSS) - Math.log(3));
    assertEquals(3, value(check(Metric.LOSS, now, then)), 1e-12);
  }

  @Test
  void shouldAskNothingOfAChampionThatNoGateHasJudged() {
    assertTrue(check(Metric.RMSE, values(3, 9), Json.object()).checks().isEmpty());
  }

  @Test
  void shouldNotPassWhatIsNoNumber() {
    Findings findings = check(Metric.RMSE, values(Double.NaN, 9), values(1, 9).toJson());
    assertEquals(1, findings.reasons().size());
    assertEquals(
        "the champion answers far worse than on the holdout that it was blessed on, so that this"
            + " data is of another kind; its rmse over that of then: NaN, but must be at most 4",
        findings.reasons().get(0));
  }
}
