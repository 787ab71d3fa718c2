package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that changes its engine and its tasks on the way. */
@ExtendWith(LocalMaster.class)
class EngineSwitchTest {
  private static final String WAVES =
      """
      data: {format: generator, name: mackey-glass, length: 55, sequences: 60}
      model: {cell: lstm, hidden: [6]}
      training:
        steps: 40
        batch: 20
        engine: local
        bptt: {window: 12, carry-state: true}
        optimizer: {type: adam, learning-rate: 2e-2}
        clip: {norm: 0.5}
        validate-every: 7
        early-stopping: {patience: 9}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=42",
        "training.clip={norm: 0.5, delta-norm: 0.01}",
        "training.bptt={window: 5, stride: 2, carry-state: true}"
      })
  void shouldComeToTheSameBitsOnChangingEngines(String setting) {
    TrainingResult expected = TestRuns.train(config(setting), folder.resolve("straight"));
    Path run = folder.resolve("switched");
    TestRuns.stopAfter(13, config(setting), run);
    TestRuns.stopAfter(11, config(setting, "training.engine=spark-jobs"), run);
    TestRuns.stopAfter(3, config(setting, "training.engine=spark-jobs", "training.tasks=3"), run);
    TestRuns.stopAfter(
        4, config(setting, "training.engine=spark-jobs", "training.reduce=sliced"), run);
    TestRuns.stopAfter(3, config(setting, "training.engine=spark-resident"), run);

    TrainingResult resumed = TestRuns.resume(config(setting, "training.tasks=1"), run);

    assertEquals(expected.weightsSha256(), resumed.weightsSha256());
    assertEquals(expected.metrics(), resumed.metrics());
  }

  @Test
  void shouldTrainOtherwiseWithOtherTruncationOrLimits() {
    Set<String> weights = new HashSet<>();
    for (String setting :
        List.of("seed=42", "training.clip.delta-norm=0.01", "training.clip.delta-norm=100")) {
      Path run = folder.resolve("run-" + weights.size());
      weights.add(TestRuns.train(config(setting), run).weightsSha256());
    }
    assertEquals(2, weights.size(), "a limit that is never reached changes nothing");
  }

  private static RunConfig config(String... overrides) {
    return TestRuns.config(WAVES, overrides);
  }

  @Test
  void shouldSaveTheStateWhenTheEngineFails() throws IOException {
    RunConfig jobs = TestRuns.config(WAVES, "training.engine=spark-jobs");
    TrainingResult expected = TestRuns.train(TestRuns.config(WAVES), folder.resolve("straight"));
    Path run = folder.resolve("failed");
    AtomicInteger asked = new AtomicInteger();
    StopRequest loseSession =
        () -> {
          if (asked.getAndIncrement() == 9) {
            SparkContext.getOrCreate().stop();
          }
          return Optional.empty();
        };

    assertThrows(
        EngineException.class,
        () -> TrainingRun.start(jobs, new RunDirectory(run), false, loseSession));

    assertEquals("failed", TestRuns.status(run).state());
    assertEquals(6, TestRuns.status(run).exitCode());
    assertEquals(9, TestRuns.status(run).steps());
    assertTrue(Files.exists(run.resolve("checkpoints/step-000000009")));
    assertEquals(expected.weightsSha256(), TestRuns.resume(jobs, run).weightsSha256());
  }
}
