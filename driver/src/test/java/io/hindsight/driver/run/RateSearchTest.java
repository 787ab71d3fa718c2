package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalMaster.class)
class RateSearchTest {
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: mackey-glass, length: 40, sequences: 60}
      model: {cell: %s, hidden: [8]}
      training:
        epochs: 3
        batch: 16
        bptt: {window: 10, carry-state: true}
        optimizer: {type: adam, learning-rate: 1e-3}
        clip: {norm: 1}
        early-stopping: {patience: 2}
      """;

  @TempDir private Path folder;

  private static RunConfig config(String cell, String... overrides) {
    return TestRuns.config(WAVES.formatted(cell), overrides);
  }

  @Test
  void shouldSuggestARateThatTrainsBetterThanThoseFarFromIt() {
    RateCurve curve = RateSearch.run(config("lstm"), 100, 1e-6, 1);
    double rate = curve.suggestion().orElseThrow();
    assertEquals(1e-6, curve.points().get(0).rate(), 1e-18);
    double good = lossWith(rate, "good");
    assertTrue(good < lossWith(rate / 50, "low"), "a much lower rate than " + rate);
    assertTrue(good < lossWith(rate * 50, "high"), "a much higher rate than " + rate);
  }

  private double lossWith(double rate, String run) {
    RunConfig config =
        config("lstm", "training.epochs=8", "training.optimizer.learning-rate=" + rate);
    return TestRuns.train(config, folder.resolve(run)).metrics().get("validation_loss");
  }

  @Test
  void shouldDrawTheSameCurveByAnyEngine() {
    List<RateCurve.Point> expected = RateSearch.run(config("gru"), 30, 1e-5, 1).points();
    for (String engine : List.of("training.engine=spark-jobs", "training.engine=spark-resident")) {
      assertEquals(expected, RateSearch.run(config("gru", engine), 30, 1e-5, 1).points(), engine);
    }
  }

  @Test
  void shouldEndWhereTheLossIsFarAboveItsLowestOrNotFinite() {
    RunConfig growing = config("rnn, activation: relu", "training.clip=null");
    RateCurve curve = RateSearch.run(growing, 100, 1e-4, 1e8);
    assertTrue(curve.points().size() < 100, "" + curve.points().size());
    assertTrue(curve.suggestion().orElseThrow() < 1, curve.suggestion().toString());
    assertFalse(curve.isStillFalling());
  }

  @Test
  void shouldSuggestNothingWhereTheLossDoesNotFall() {
    RateCurve curve = RateSearch.run(config("lstm"), 20, 1e-12, 1e-11);
    assertTrue(curve.suggestion().isEmpty(), curve.suggestion().toString());
    assertTrue(curve.end().isEmpty());
    assertEquals(20, curve.points().size());
  }
}
