package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.registry.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that started from a model goes on as it began, or not at all. */
class WarmResumeTest {
  private static final String[] SAVED = {
    "training.steps=6",
    "training.optimizer.type=adam",
    "training.checkpoint={every-steps: 2}",
    "training.early-stopping={patience: 9}"
  };

  @TempDir private Path folder;
  private Path model;
  private Path other;
  private String modelHash;
  private String otherHash;
  private Path run;

  @BeforeEach
  void train() {
    modelHash = train("first", "seed=42");
    otherHash = train("other", "training.steps=4");
    model = folder.resolve("first/model");
    other = folder.resolve("other/model");
    run = folder.resolve("run");
  }

  private String train(String name, String change) {
    RunConfig config = TestRuns.config(WarmStartTest.WAVES, change);
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private static RunConfig from(Object start) {
    return WarmStartTest.from(start, WarmStartTest.WAVES, SAVED);
  }

  private String straight(Object start) {
    return TestRuns.train(from(start), folder.resolve("straight")).weightsSha256();
  }

  private String resume(RunConfig config) {
    return TestRuns.resume(config, run).weightsSha256();
  }

  @Test
  void shouldResumeToTheSameBitsFromACheckpointAndFromTheStart() throws IOException {
    String expected = straight(model);
    TestRuns.stopAfter(5, from(model), run);
    assertEquals(expected, resume(from(model)));
    Files.delete(run.resolve("status.json"));
    TestRuns.delete(run.resolve("model"));
    TestRuns.delete(run.resolve("checkpoints"));
    assertEquals(expected, resume(from(model)));
  }

  @Test
  void shouldRefuseAnotherModelAndNameBothHashes() throws IOException {
    TestRuns.stopAfter(5, from(model), run);
    assertBothNamed(assertThrows(ConfigException.class, () -> resume(from(other))));
    Path moved = Files.move(model, folder.resolve("moved"));
    Files.move(other, model);
    assertBothNamed(assertThrows(ConfigException.class, () -> resume(from(model))));
    TestRuns.delete(run.resolve("checkpoints"));
    assertBothNamed(assertThrows(ConfigException.class, () -> resume(from(model))));
    assertEquals(straight(moved), resume(from(moved)), "the same weights in another place");
  }

  @Test
  void shouldRefuseAnotherModelThanTheCheckpointsWhereNoRecordTells() throws IOException {
    TestRuns.stopAfter(5, from(model), run);
    Files.delete(run.resolve("parent.json"));
    assertBothNamed(assertThrows(ConfigException.class, () -> resume(from(other))));
  }

  private void assertBothNamed(ConfigException refusal) {
    assertTrue(refusal.getMessage().contains(modelHash), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(otherHash), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }

  @Test
  void shouldRefuseToGoOnWithoutAModelOrWithOneFromNowOn() {
    TestRuns.stopAfter(5, from(model), run);
    RunConfig cold = TestRuns.config(WarmStartTest.WAVES, SAVED);
    ConfigException refusal = assertThrows(ConfigException.class, () -> resume(cold));
    assertTrue(refusal.getMessage().contains("training.start-from was given, is absent"));
    Path begunCold = folder.resolve("cold");
    TestRuns.stopAfter(5, cold, begunCold);
    refusal = assertThrows(ConfigException.class, () -> TestRuns.resume(from(model), begunCold));
    assertTrue(refusal.getMessage().contains("training.start-from was absent, is given"));
  }

  @Test
  void shouldResumeFromACheckpointWhereTheModelIsGone() throws IOException {
    String expected = straight(model);
    TestRuns.stopAfter(5, from(model), run);
    TestRuns.delete(model);
    assertEquals(expected, resume(from(model)));
  }

  @Test
  void shouldNotStartAgainWithoutTheModel() throws IOException {
    TestRuns.stopAfter(1, from(model), run);
    TestRuns.delete(run.resolve("checkpoints"));
    TestRuns.delete(model);
    RuntimeException refusal = assertThrows(RuntimeException.class, () -> resume(from(model)));
    assertEquals(ExitCode.DATA, ExitCode.judge(refusal).code());
    assertTrue(refusal.getMessage().contains("no model directory " + model));
  }

  @Test
  void shouldGoOnFromTheVersionThatWasTheChampionAsItBegan() throws IOException {
    String expected = straight(model);
    String registry = folder.resolve("registry").toString();
    WarmStartTest.publish(registry, "v1", model, true);
    TestRuns.stopAfter(1, from(registry), run);
    TestRuns.delete(run.resolve("checkpoints"));
    WarmStartTest.publish(registry, "v2", other, true);
    assertEquals("v2", champion(registry));

    assertEquals(expected, resume(from(registry)));
  }

  private static String champion(String registry) {
    return RegistryAccess.read(registry, of -> of.champion().version().id());
  }

  @Test
  void shouldAnswerForAnEndedRunOnlyIfItStartedFromTheSameModel() {
    TrainingResult ended = TestRuns.train(from(model), run);
    RunDirectory directory = new RunDirectory(run);
    assertEquals(
        Optional.of(ended.weightsSha256()),
        EndedRun.of(directory, from(model)).map(TrainingResult::weightsSha256));
    assertBothNamed(assertThrows(ConfigException.class, () -> EndedRun.of(directory, from(other))));
  }
}
