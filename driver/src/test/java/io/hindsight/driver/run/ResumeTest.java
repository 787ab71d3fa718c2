package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: mackey-glass, length: 55, sequences: 60}
      model: {cell: lstm, hidden: [6, 5]}
      training:
        steps: 40
        batch: 20
        bptt: {window: 12, carry-state: true, curriculum: {from: 2, over-steps: 33}}
        optimizer: {type: adam, learning-rate: 2e-2, amsgrad: true}
        schedule: {type: cosine, warmup-steps: 3}
        clip: {norm: 0.5}
        validate-every: 3
        early-stopping: {patience: 9}
        checkpoint: {every-steps: 20, keep: 3}
      """;

  @TempDir private Path folder;
  private Path straight;
  private Path killed;

  @BeforeEach
  void name() {
    straight = folder.resolve("straight");
    killed = folder.resolve("killed");
  }

  @Test
  void shouldResumeToTheSameBits() throws IOException {
    TrainingResult expected = TestRuns.train(TestRuns.config(WAVES), straight);
    assertEquals(40, expected.steps());
    TestRuns.train(TestRuns.config(WAVES), killed);
    TestRuns.kill(killed);

    TrainingResult resumed = TestRuns.resume(TestRuns.config(WAVES), killed);

    assertEquals(expected.weightsSha256(), resumed.weightsSha256());
    assertEquals(expected.steps(), resumed.steps());
    assertEquals(expected.metrics(), resumed.metrics());
    assertEquals(withoutTimes(straight), withoutTimes(killed));
    assertEquals(expected.weightsSha256(), TestRuns.status(killed).weightsSha256().orElseThrow());
  }

  @Test
  void shouldStopWhereItWouldHaveStoppedWithoutTheInterruption() throws IOException {
    RunConfig impatient =
        TestRuns.config(
            WAVES,
            "training.steps=400",
            "training.optimizer.learning-rate=0.3",
            "training.early-stopping.patience=5");
    TrainingResult expected = TestRuns.train(impatient, straight);
    assertTrue(expected.steps() > 40 && expected.steps() < 400, "stopped at " + expected.steps());
    TestRuns.train(impatient, killed);
    TestRuns.kill(killed);

    TrainingResult resumed = TestRuns.resume(impatient, killed);

    assertEquals(expected.steps(), resumed.steps());
    assertEquals(expected.weightsSha256(), resumed.weightsSha256());
  }

  @Test
  void shouldResumeWithOtherThreadsNameAndCheckpoints() throws IOException {
    TrainingResult expected = TestRuns.train(TestRuns.config(WAVES), killed);
    TestRuns.kill(killed);
    RunConfig other =
        TestRuns.config(
            WAVES, "name=other", "training.tasks=3", "training.checkpoint.every-steps=7");

    TrainingResult resumed = TestRuns.resume(other, killed);

    assertEquals(expected.weightsSha256(), resumed.weightsSha256());
    assertTrue(Files.readString(killed.resolve("config.yaml")).contains("tasks: 3"));
  }

  @Test
  void shouldRefuseAnotherConfigurationAndNameTheKeys() throws IOException {
    TestRuns.train(TestRuns.config(WAVES), killed);
    TestRuns.kill(killed);
    String itsOwn = Files.readString(killed.resolve("config.yaml"));
    RunConfig other = TestRuns.config(WAVES, "training.batch=24", "training.clip=null");

    ConfigException refusal =
        assertThrows(ConfigException.class, () -> TestRuns.resume(other, killed));

    String differences = "training.batch was 20, is 24, training.clip.norm was 0.5, is absent";
    assertTrue(refusal.getMessage().contains(differences), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("at step 20"), refusal.getMessage());
    StatusFile status = TestRuns.status(killed);
    assertEquals("failed", status.state());
    assertEquals(ExitCode.USAGE.code(), status.exitCode());
    assertEquals(itsOwn, Files.readString(killed.resolve("config.yaml")));
  }

  @ParameterizedTest
  @CsvSource({
    "training.bptt.curriculum.over-steps=34, training.bptt.curriculum.over-steps was 33",
    "training.bptt.curriculum=null, training.bptt.curriculum.from was 2",
    "training.optimizer.amsgrad=false, training.optimizer.amsgrad was true",
    "training.schedule.warmup-steps=4, training.schedule.warmup-steps was 3",
    "training.early-stopping.patience=8, training.early-stopping.patience was 9",
    "training.steps=41, training.steps was 40",
    "data.sequences=61, data.sequences was 60",
    "seed=43, seed was 42"
  })
  void shouldRefuseAChangeOfAnyKeyThatTheResultDependsOn(String change, String named)
      throws IOException {
    TestRuns.train(TestRuns.config(WAVES, "training.validate-every=40"), killed);
    TestRuns.kill(killed);
    RunConfig other = TestRuns.config(WAVES, "training.validate-every=40", change);

    ConfigException refusal =
        assertThrows(ConfigException.class, () -> TestRuns.resume(other, killed));

    assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
  }

  @Test
  void shouldFinishARunThatWasKilledBetweenItsModelAndItsStatus() throws IOException {
    TrainingResult expected = TestRuns.train(TestRuns.config(WAVES), killed);
    Files.delete(killed.resolve("status.json"));

    TrainingResult resumed = TestRuns.resume(TestRuns.config(WAVES), killed);

    assertEquals(expected.weightsSha256(), resumed.weightsSha256());
    assertEquals(expected.metrics(), TestRuns.status(killed).metrics());
  }

  @Test
  void shouldTellOtherRulesOfScalingFromOtherData() throws IOException {
    TestRuns.train(TestRuns.config(WAVES), killed);
    TestRuns.kill(killed);
    String checkpoints = killed.resolve("checkpoints").toString();
    CheckpointStore store = new CheckpointStore(new ModelStore(), checkpoints, 3, 1);
    store.save(scaledByOtherRules(store.latest(damaged -> {}).orElseThrow()));

    ConfigException refusal =
        assertThrows(ConfigException.class, () -> TestRuns.resume(TestRuns.config(WAVES), killed));

    String difference = "scaled by version 7 of the rules, and this program has version 1";
    assertTrue(refusal.getMessage().contains(difference), refusal.getMessage());
  }

  private static Checkpoint scaledByOtherRules(Checkpoint checkpoint) {
    ModelDescription was = checkpoint.description();
    ObjectNode encoding = was.encoding().deepCopy();
    ModelDescription is =
        new ModelDescription(
            was.network(),
            encoding.put("version", 7),
            was.config(),
            was.configSha256(),
            "0".repeat(64),
            was.versions(),
            was.metadata());
    return new Checkpoint(
        checkpoint.step() + 1,
        is,
        checkpoint.parameters(),
        checkpoint.optimizerStep(),
        checkpoint.slots(),
        checkpoint.state(),
        checkpoint.arrays());
  }

  @Test
  void shouldRefuseAnotherConfigurationEvenWithoutACheckpoint() throws IOException {
    RunConfig rarely = TestRuns.config(WAVES, "training.checkpoint=null", "training.steps=6");
    TestRuns.train(rarely, killed);
    TestRuns.delete(killed.resolve("model"));
    StatusFile before = TestRuns.status(killed);
    RunConfig other = TestRuns.config(WAVES, "training.checkpoint=null", "training.steps=7");

    ConfigException refusal =
        assertThrows(ConfigException.class, () -> TestRuns.resume(other, killed));

    String difference = "training.steps was 6, is 7";
    assertTrue(refusal.getMessage().contains(difference), refusal.getMessage());
    assertEquals(before, TestRuns.status(killed), "the run's own status must stay");
    assertEquals(6, TestRuns.metrics(killed).stream().filter(line -> line.has("loss")).count());
  }

  @Test
  void shouldBeginWhereThereIsNoCheckpointYet() {
    RunConfig rarely = TestRuns.config(WAVES, "training.checkpoint=null", "training.steps=6");
    TrainingResult expected = TestRuns.train(rarely, straight);

    assertEquals(expected.weightsSha256(), TestRuns.resume(rarely, killed).weightsSha256());
    assertFalse(Files.exists(killed.resolve("checkpoints")));
  }

  /** What the lines say of the training; when a checkpoint was written says nothing of it. */
  private static List<String> withoutTimes(Path run) throws IOException {
    return TestRuns.metrics(run).stream()
        .filter(line -> !line.has("checkpoint"))
        .map(ResumeTest::withoutTimes)
        .toList();
  }

  private static String withoutTimes(JsonNode line) {
    JsonNode copy = line.deepCopy();
    for (JsonNode node : List.of(copy, copy.path("validation"))) {
      if (node instanceof ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        object.remove(names.stream().filter(name -> name.endsWith("_ms")).toList());
      }
    }
    return copy.toString();
  }
}
