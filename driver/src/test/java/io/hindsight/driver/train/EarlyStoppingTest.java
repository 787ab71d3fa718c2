package io.hindsight.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.EarlyStoppingConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.run.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {
  private static EarlyStopping patience(int validations, double minDelta) {
    return new EarlyStopping(Optional.of(new EarlyStoppingConfig(validations, minDelta)));
  }

  @Test
  void shouldEndAfterAsManyValidationsWithoutImprovementAsItIsPatient() {
    EarlyStopping stopping = patience(2, 0);
    assertTrue(stopping.observe(3));
    assertFalse(stopping.observe(3), "an equal loss is no improvement");
    assertTrue(stopping.observe(2));
    assertFalse(stopping.observe(2.5));
    assertFalse(stopping.isOver());
    assertFalse(stopping.observe(2.4));
    assertTrue(stopping.isOver());
    assertEquals(2, stopping.best());
  }

  @Test
  void shouldNotCountImprovementsBelowTheSmallestThatMatters() {
    EarlyStopping stopping = patience(1, 0.1);
    assertTrue(stopping.observe(1));
    assertFalse(stopping.observe(0.95));
    assertTrue(stopping.isOver());
    assertEquals(1, stopping.best());
  }

  @Test
  void shouldTakeALossThatIsNoNumberForNoImprovement() {
    EarlyStopping stopping = patience(1, 0);
    assertFalse(stopping.observe(Double.NaN));
    assertTrue(stopping.isOver());
  }

  @Test
  void shouldOnlyRememberTheBestWithoutAConfiguration() {
    EarlyStopping stopping = new EarlyStopping(Optional.empty());
    assertTrue(stopping.observe(1));
    for (int i = 0; i < 1000; i++) {
      assertFalse(stopping.observe(2));
    }
    assertFalse(stopping.isOver());
    assertFalse(stopping.keepsBest());
    assertEquals(1, stopping.best());
  }

  @Test
  void shouldLeaveTheWeightsOfTheBestValidation(@TempDir Path folder) throws IOException {
    RunConfig restless =
        TestRuns.config(
            """
            data: {format: generator, name: mackey-glass, length: 30, sequences: 60}
            model: {cell: gru, hidden: [6]}
            training:
              steps: 300
              batch: 20
              optimizer: {type: adam, learning-rate: 0.3}
              validate-every: 4
              early-stopping: {patience: 3}
            """);

    TrainingResult result = TestRuns.train(restless, folder.resolve("stopped"));

    List<JsonNode> validations =
        TestRuns.metrics(folder.resolve("stopped")).stream()
            .filter(line -> line.has("validation"))
            .toList();
    double least =
        validations.stream()
            .mapToDouble(line -> line.get("validation").get("loss").doubleValue())
            .min()
            .orElseThrow();
    int last = validations.size() - 1;
    assertTrue(result.steps() < 300, "stopped at " + result.steps());
    assertEquals(result.steps(), validations.get(last).get("step").longValue());
    assertTrue(validations.get(last - 3).get("validation").get("best").booleanValue());
    assertEquals(least, result.metrics().get("validation_loss"));
    assertEquals(hashAfter(result.steps() - 12, restless, folder), result.weightsSha256());
  }

  /** The same run ended by its length where its best validation was. */
  private static String hashAfter(long steps, RunConfig config, Path folder) {
    String yaml = ResolvedConfig.toYaml(config);
    RunConfig shorter = TestRuns.config(yaml, "training.steps=" + steps);
    return TestRuns.train(shorter, folder.resolve("shorter")).weightsSha256();
  }
}
