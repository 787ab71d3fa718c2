package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.columns.Part;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.diagnose.stored.RunDiagnosis;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.replay.Replay;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.driver.train.DivergedException;
import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.ctc.BestPath;
import io.hindsight.kernels.ctc.EditDistance;
import io.hindsight.kernels.plain.PlainBptt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose targets are label strings, of sequences longer than a piece of a forward pass. */
@ExtendWith(ForTables.class)
class LabelStringRunTest {
  private static final String YAML =
      """
      name: strings
      data:
        format: generator
        name: collapse
        length: 150
        sequences: 60
        split: {validation: 10, test: 13}
      model: {cell: gru, hidden: [6], output: {loss: ctc}}
      training:
        steps: 12
        batch: 16
        optimizer: {type: adam, learning-rate: 0.01}
        validate-every: 5
        checkpoint: {every-steps: 5}
      """;

  @TempDir private Path folder;

  private static RunConfig config(String... overrides) {
    return TestRuns.config(YAML, overrides);
  }

  @Test
  void shouldComeToTheSameWeightsInAllEnginesAndAfterAStop() {
    String expected = TestRuns.trainByAllEngines(LabelStringRunTest::config, folder);
    Path stopped = folder.resolve("stopped");
    TestRuns.stopAfter(7, config(), stopped);
    assertEquals(expected, TestRuns.resume(config(), stopped).weightsSha256());
  }

  /** Each sequence by itself, in plain loops: its loss, and its answer by the best path. */
  @Test
  void shouldScoreWholeSequences() {
    Path run = folder.resolve("run");
    RunConfig config = config("training.steps=60", "model.bidirectional=true");
    TestRuns.train(config, run);
    ModelBundle model =
        ModelBundle.load(new RunDirectory(run).model(), Optional.empty(), List.of());
    PlainBptt plain = new PlainBptt(model.parameters());
    Predictor predictor = new Predictor(model.parameters());
    double loss = 0;
    int changes = 0;
    int labels = 0;
    int right = 0;
    for (Sequence sequence : RunData.read(config).encoded().parts().of(Part.TEST)) {
      Window window = Window.whole(sequence);
      plain.forward(window);
      loss += plain.loss();
      int[] truth = LabelString.of(window);
      int[] answer = BestPath.of(predictor.predict(sequence), model.network().output().size());
      labels += truth.length;
      changes += EditDistance.of(truth, answer);
      right += Arrays.equals(truth, answer) ? 1 : 0;
    }
    Evaluation.Report report = Evaluation.run(model);
    assertEquals(13, report.targets());
    assertEquals(loss / 13, report.metrics().get("loss"), 1e-9);
    assertEquals((double) changes / labels, report.metrics().get("label_error_rate"));
    assertEquals(right / 13.0, report.metrics().get("accuracy"));
    assertEquals(0, report.metrics().get("majority_baseline"));
    assertTrue(report.details().byClass().isEmpty() && report.details().confusion().isEmpty());
  }

  @Test
  void shouldReadItsResolvedConfiguration() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(config("training.steps=1"), run);
    String resolved = Files.readString(run.resolve("config.yaml"));
    assertEquals(config("training.steps=1"), TestRuns.config(resolved));
  }

  @Test
  void shouldMakeAStepAgainThatDiverged() throws IOException {
    Path run = folder.resolve("run");
    String far = "training.optimizer={type: sgd, learning-rate: 1.0e300}";
    RunConfig config = config(far, "model.cell=rnn", "model.activation=relu");
    assertThrows(DivergedException.class, () -> TestRuns.train(config, run));
    try (Stream<Path> kept = Files.list(run.resolve("diverged"))) {
      Replay.Result result = Replay.run(kept.findFirst().orElseThrow().toString());
      assertTrue(result.isSame(), result.toString());
      assertTrue(result.place().isPresent(), result.toString());
    }
  }

  @Test
  void shouldSayThatStringsCannotBeDiagnosed() {
    Path run = folder.resolve("run");
    TestRuns.train(config("training.steps=1"), run);
    Exception e =
        assertThrows(ConfigException.class, () -> RunDiagnosis.of(run.toString(), List.of()));
    assertTrue(e.getMessage().contains("belongs to no step"), e.getMessage());
  }
}
