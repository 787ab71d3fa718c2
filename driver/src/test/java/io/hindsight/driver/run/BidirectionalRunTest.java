package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.network.Parameters;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose layers read sequences from their ends too, longer than a piece of a forward pass. */
@ExtendWith(ForTables.class)
class BidirectionalRunTest {
  private static final String LAST_STEP = "{format: generator, name: adding, length: 140, ";
  private static final String EVERY_STEP = "{format: generator, name: parity, length: 300, ";

  private static final String YAML =
      """
      name: both
      data: %ssequences: 40, split: {by: id, validation: 8, test: 11}}
      model: {cell: lstm, hidden: [4, 3], bidirectional: true}
      training:
        steps: 12
        batch: 16
        optimizer: {type: adam, learning-rate: 0.01}
        checkpoint: {every-steps: 5}
      """;

  @TempDir private Path folder;

  private static RunConfig config(String data, String... overrides) {
    return TestRuns.config(YAML.formatted(data), overrides);
  }

  @ParameterizedTest
  @ValueSource(strings = {LAST_STEP, EVERY_STEP})
  void shouldComeToTheSameWeightsInAllEngines(String data) {
    TestRuns.trainByAllEngines(settings -> config(data, settings), folder);
  }

  @Test
  void shouldResumeToTheSameBits() {
    RunConfig config = config(EVERY_STEP, "training.bptt={window: 20, stride: 10}");
    TrainingResult straight = TestRuns.train(config, folder.resolve("straight"));
    Path run = folder.resolve("stopped");
    TestRuns.stopAfter(7, config, run);
    TrainingResult resumed = TestRuns.resume(config, run);
    assertEquals(straight.weightsSha256(), resumed.weightsSha256());
    assertEquals(straight.metrics(), resumed.metrics());
  }

  /** The figures and answers of the commands are those of one pass over whole sequences. */
  @ParameterizedTest
  @ValueSource(strings = {LAST_STEP, EVERY_STEP})
  void shouldScoreAndAnswerWholeSequences(String data) {
    RunConfig config = config(data);
    Path run = folder.resolve("run");
    TestRuns.train(config, run);
    ModelBundle model =
        ModelBundle.load(new RunDirectory(run).model(), Optional.empty(), List.of());
    Parameters parameters = model.parameters();
    Predictor predictor = new Predictor(parameters);
    Bptt bptt = new Bptt(parameters.layout().spec());
    double loss = 0;
    long targets = 0;
    for (Window window : RunData.read(config).test()) {
      SequenceBatch alone = SequenceBatch.of(window.sequence());
      bptt.forward(PackedWeights.of(parameters), alone, null);
      loss += bptt.loss(0);
      targets += bptt.targets(0);
      assertArrayEquals(outputs(bptt, alone), predictor.predict(window.sequence()));
    }
    Evaluation.Report report = Evaluation.run(model);
    assertEquals("test", report.part());
    assertEquals(targets, report.targets());
    assertEquals(loss / targets, report.metrics().get("loss"), 1e-12);
    assertTrue(targets >= 11, targets + " targets");
  }

  /** The outputs of the first lane where its network answers. */
  private static double[] outputs(Bptt bptt, SequenceBatch batch) {
    boolean lastOnly = batch.length(0) == 140;
    int size = lastOnly ? 1 : 2;
    int first = lastOnly ? batch.length(0) - 1 : 0;
    double[] outputs = new double[(batch.length(0) - first) * size];
    for (int t = first; t < batch.length(0); t++) {
      bptt.outputs(0, t, outputs, (t - first) * size);
    }
    return outputs;
  }
}
