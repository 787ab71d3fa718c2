package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.spark.session.ForTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs of normalised layers. */
@ExtendWith(ForTables.class)
class NormalizedRunTest {
  private static final String NORMALIZED =
      """
      name: normalized
      data: {format: generator, name: mackey-glass, length: 30, sequences: 24}
      model:
        layers:
          - {cell: gru, hidden: 5, layer-norm: true}
          - {cell: lstm, hidden: 4, layer-norm: true, recurrent-dropout: 0.2, zoneout: 0.1}
          - {cell: rnn, hidden: 6, layer-norm: true}
      training:
        steps: 24
        batch: 16
        bptt: {window: 10, carry-state: true}
        optimizer: {type: adam, learning-rate: 0.01}
        validate-every: 7
        checkpoint: {every-steps: 8}
      """;

  @TempDir private Path folder;

  private static RunConfig normalized(String... overrides) {
    return TestRuns.config(NORMALIZED, overrides);
  }

  @Test
  void shouldComeToTheSameWeightsInAllEnginesAndTasksAndAfterAStop() {
    String expected = TestRuns.trainByAllEngines(NormalizedRunTest::normalized, folder);
    Path stopped = folder.resolve("stopped");
    TestRuns.stopAfter(11, normalized(), stopped);
    assertEquals(expected, TestRuns.resume(normalized(), stopped).weightsSha256());
  }

  @Test
  void shouldStoreItsLayersWithTheModel() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(normalized("training.steps=1"), run);
    assertEquals(
        normalized().model().layers(),
        new ModelStore().load(run.resolve("model").toString()).network().layers());
    assertEquals(
        normalized().model(),
        TestRuns.config(Files.readString(run.resolve("config.yaml"))).model());
  }
}
