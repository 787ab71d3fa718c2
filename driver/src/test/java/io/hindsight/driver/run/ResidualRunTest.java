package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.spark.session.ForTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs of layers that add what they read. */
@ExtendWith(ForTables.class)
class ResidualRunTest {
  private static final String RESIDUAL =
      """
      name: residual
      data: {format: generator, name: mackey-glass, length: 30, sequences: 24}
      model: {cell: lstm, hidden: [4, 4, 6, 6], dropout: 0.1, residual: true}
      training:
        steps: 20
        batch: 16
        bptt: {window: 10, carry-state: true}
        optimizer: {type: adam, learning-rate: 0.01}
        checkpoint: {every-steps: 8}
      """;

  @TempDir private Path folder;

  private static RunConfig residual(String... overrides) {
    return TestRuns.config(RESIDUAL, overrides);
  }

  @Test
  void shouldComeToTheSameWeightsInAllEngines() {
    TestRuns.trainByAllEngines(ResidualRunTest::residual, folder);
  }

  @Test
  void shouldStoreItsLayersWithTheModel() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(residual("training.steps=1"), run);
    assertEquals(
        residual().model().layers(),
        new ModelStore().load(run.resolve("model").toString()).network().layers());
    String resolved = Files.readString(run.resolve("config.yaml"));
    assertTrue(resolved.contains("residual: true"), resolved);
    assertEquals(residual().model(), TestRuns.config(resolved).model());
  }

  @Test
  void shouldSayHowWideTheDataIsThatALayerCannotAdd() {
    RunConfig config =
        TestRuns.config(
            RESIDUAL.replaceAll(
                "model: .*", "model: {layers: [{cell: gru, hidden: 3, residual: true}]}"));
    Exception e = assertThrows(DataException.class, () -> RunData.read(config));
    assertTrue(e.getMessage().contains("the 1 numbers that it reads to the 3"), e.getMessage());
  }
}
