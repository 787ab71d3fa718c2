package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.spark.session.ForTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose layers add noise in training. */
@ExtendWith(ForTables.class)
class NoisyRunTest {
  private static final String NOISY =
      """
      name: noisy
      data: {format: generator, name: mackey-glass, length: 30, sequences: 24}
      model:
        layers:
          - {cell: gru, hidden: 5, recurrent-dropout: 0.2}
          - {dropout: 0.3}
          - {dropout: 0.1, variational: true}
          - {cell: lstm, hidden: 4, zoneout: 0.2, zoneout-cell: 0.1}
      training:
        steps: 30
        batch: 16
        bptt: {window: 10, carry-state: true}
        optimizer: {type: adam, learning-rate: 0.01}
        validate-every: 7
        checkpoint: {every-steps: 8}
      """;

  @TempDir private Path folder;

  private static RunConfig noisy(String... overrides) {
    return TestRuns.config(NOISY, overrides);
  }

  @Test
  void shouldDrawTheSameNoiseInAllEnginesAndTasks() {
    String expected = TestRuns.trainByAllEngines(NoisyRunTest::noisy, folder);
    assertNotEquals(
        expected, TestRuns.train(noisy("seed=2"), folder.resolve("other")).weightsSha256());
  }

  /** An epoch has 6 steps. */
  @ParameterizedTest
  @ValueSource(ints = {3, 8, 22})
  void shouldDrawTheSameNoiseAfterAStopInTheMiddleOfAnEpoch(int steps) {
    TrainingResult straight = TestRuns.train(noisy(), folder.resolve("straight"));
    Path run = folder.resolve("stopped");
    TestRuns.stopAfter(steps, noisy(), run);
    TrainingResult resumed = TestRuns.resume(noisy(), run);
    assertEquals(straight.weightsSha256(), resumed.weightsSha256());
    assertEquals(straight.metrics(), resumed.metrics());
  }

  @Test
  void shouldStoreItsLayersWithTheModel() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(noisy("training.steps=1"), run);
    assertEquals(
        noisy().model().layers(),
        new ModelStore().load(run.resolve("model").toString()).network().layers());
    assertEquals(
        noisy().model(), TestRuns.config(Files.readString(run.resolve("config.yaml"))).model());
  }
}
