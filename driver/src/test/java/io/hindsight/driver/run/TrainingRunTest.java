package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.train.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final String WAVES =
      """
      data: {format: generator, name: sine, length: 12, sequences: 50}
      model: {cell: rnn, hidden: [5]}
      training:
        steps: 11
        batch: 16
        optimizer: {type: sgd, learning-rate: 0.1}
        clip: {norm: 0.2}
        validate-every: 5
      """;

  @TempDir private Path folder;

  @Test
  void shouldWriteOneLinePerStepAndPerValidation() throws IOException {
    TestRuns.train(TestRuns.config(WAVES), folder);
    List<Long> steps = new ArrayList<>();
    List<Long> validations = new ArrayList<>();
    for (JsonNode line : TestRuns.metrics(folder)) {
      (line.has("validation") ? validations : steps).add(line.get("step").longValue());
    }
    assertEquals(LongStream.range(0, 11).boxed().toList(), steps);
    assertEquals(List.of(5L, 10L, 11L), validations);
  }

  @Test
  void shouldWriteTheFieldsOfTheContract() throws IOException {
    TestRuns.train(TestRuns.config(WAVES), folder);
    Set<String> fields =
        Set.of(
            "step",
            "epoch",
            "loss",
            "targets",
            "grad_norm",
            "clip_scale",
            "learning_rate",
            "step_ms",
            "compute_ms",
            "engine_ms");
    for (JsonNode line : TestRuns.metrics(folder)) {
      if (line.has("validation")) {
        assertTrue(line.get("validation").get("loss").isDouble(), line::toString);
        continue;
      }
      for (String field : fields) {
        assertTrue(line.path(field).isNumber(), field + " in " + line);
      }
      double norm = line.get("grad_norm").doubleValue();
      assertEquals(Math.min(1, 0.2 / (norm + 1e-6)), line.get("clip_scale").doubleValue(), 1e-15);
      assertEquals(0.1, line.get("learning_rate").doubleValue());
      assertEquals(line.get("step").longValue() / 3, line.get("epoch").longValue());
    }
  }

  @Test
  void shouldCountEveryTargetOfAnEpochOnce() throws IOException {
    TestRuns.train(TestRuns.config(WAVES), folder);
    List<Long> targets =
        TestRuns.metrics(folder).stream()
            .filter(line -> line.path("epoch").longValue() == 0 && line.has("targets"))
            .map(line -> line.get("targets").longValue())
            .toList();
    assertEquals(List.of(16 * 12L, 16 * 12L, 8 * 12L), targets, "40 of 50 waves are trained on");
  }

  @Test
  void shouldLeaveAModelWithTheHashThatTheStatusTells() throws IOException {
    TrainingResult result = TestRuns.train(TestRuns.config(WAVES), folder);
    StatusFile status = TestRuns.status(folder);
    assertEquals("completed", status.state());
    assertEquals(0, status.exitCode());
    assertEquals(11, status.steps());
    assertEquals(Optional.of(result.weightsSha256()), status.weightsSha256());
    assertEquals(result.metrics(), status.metrics());
    assertTrue(status.metrics().keySet().containsAll(Set.of("validation_loss", "test_rmse")));
    String model = new RunDirectory(folder).model();
    ModelBundle bundle = ModelBundle.load(model, Optional.empty(), List.of());
    assertEquals(result.weightsSha256(), WeightsHash.of(bundle.parameters()));
    assertEquals(TestRuns.config(WAVES), bundle.config());
  }

  @Test
  void shouldNotEndWellWithAValidationLossThatIsNotFinite() throws IOException {
    RunConfig wild =
        TestRuns.config(
            WAVES,
            "training.optimizer.learning-rate=1e200",
            "training.clip=null",
            "training.steps=1",
            "training.validate-every=1");

    DivergedException end =
        assertThrows(DivergedException.class, () -> TestRuns.train(wild, folder));

    assertTrue(
        end.getMessage()
            .contains(
                "training diverged at step 0: the validation loss after it is not finite (Infinity)"),
        end.getMessage());
    assertEquals(4, TestRuns.status(folder).exitCode());
    assertFalse(Files.exists(folder.resolve("model")));
  }

  @Test
  void shouldStopWhereTrainingDivergesAndTellTheStepTheShardAndTheBlock() throws IOException {
    RunConfig wild =
        TestRuns.config(
            WAVES, "training.optimizer.learning-rate=1e200", "training.clip=null", "seed=3");

    DivergedException end =
        assertThrows(DivergedException.class, () -> TestRuns.train(wild, folder));

    StatusFile status = TestRuns.status(folder);
    assertTrue(
        end.getMessage()
            .matches(
                "training diverged at step %d: the gradient in block (rnn|out)\\.\\w+ of shard 0 is not finite; .*"
                    .formatted(status.steps())),
        end.getMessage());
    assertEquals("diverged", status.state());
    assertEquals(4, status.exitCode());
    assertEquals(end.getMessage(), status.reason());
    assertEquals(Optional.empty(), status.weightsSha256());
    assertEquals(status.steps(), TestRuns.metrics(folder).size());
    assertFalse(Files.exists(folder.resolve("model")));
  }

  @Test
  void shouldTellInTheStatusWhyARunCouldNotStart() throws IOException {
    String missing = folder.resolve("missing.txt").toString();
    String yaml = WAVES.replaceFirst("data: .*", "data: {format: text, path: " + missing + "}");
    RunConfig unreadable = TestRuns.config(yaml, "training.bptt.window=5");
    Path run = folder.resolve("run");

    assertThrows(DataException.class, () -> TestRuns.train(unreadable, run));

    StatusFile status = TestRuns.status(run);
    assertEquals("failed", status.state());
    assertEquals(3, status.exitCode());
    assertEquals(0, status.steps());
    assertTrue(status.reason().contains("missing.txt"), status.reason());
  }

  @Test
  void shouldTrainInTheSameDirectoryOnceTheMistakeIsCorrected() throws IOException {
    String missing = folder.resolve("missing.txt").toString();
    String yaml = WAVES.replaceFirst("data: .*", "data: {format: text, path: " + missing + "}");
    RunConfig unreadable = TestRuns.config(yaml, "training.bptt.window=5");
    Path run = folder.resolve("run");
    assertThrows(DataException.class, () -> TestRuns.train(unreadable, run));
    assertThrows(DataException.class, () -> TestRuns.resume(unreadable, run), "nor by a script");
    String here = TestRuns.train(TestRuns.config(WAVES), run).weightsSha256();
    String elsewhere = TestRuns.train(TestRuns.config(WAVES), folder.resolve("b")).weightsSha256();
    assertEquals(elsewhere, here);
    assertEquals("completed", TestRuns.status(run).state());
    assertFalse(Files.readString(run.resolve("config.yaml")).contains("missing.txt"));
    Path other = folder.resolve("other");
    assertThrows(DataException.class, () -> TestRuns.train(unreadable, other));
    assertEquals(here, TestRuns.resume(TestRuns.config(WAVES), other).weightsSha256());
  }

  @Test
  void shouldComeToTheSameWeightsWithAnyNumberOfThreads() throws IOException {
    String one = TestRuns.train(threads(1), folder.resolve("1")).weightsSha256();
    String two = TestRuns.train(threads(2), folder.resolve("2")).weightsSha256();
    String five = TestRuns.train(threads(5), folder.resolve("5")).weightsSha256();
    assertArrayEquals(new String[] {one, one}, new String[] {two, five});
  }

  private static RunConfig threads(int tasks) {
    return TestRuns.config(WAVES, "training.batch=40", "training.tasks=" + tasks);
  }

  @Test
  void shouldRefuseToOverwriteARun() {
    TestRuns.train(TestRuns.config(WAVES), folder);
    assertThrows(ConfigException.class, () -> TestRuns.train(TestRuns.config(WAVES), folder));
  }
}
