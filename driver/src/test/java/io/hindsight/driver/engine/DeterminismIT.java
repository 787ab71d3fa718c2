package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.config.TrainingConfig.ReduceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The golden hashes from Spark jobs in one process and in two workers', with failing tasks and a
 * killed executor. {@link DeterminismMatrixIT} has every combination.
 */
class DeterminismIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"DRIVER", "SLICED"})
  void shouldTrainToTheGoldenHashInAnyNumberOfTasks(ReduceKind reduce) {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      GoldenTraining.check(session, reduce, DeterminismTest.TASKS);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashOnOneCore() {
    try (TestSession session = TestSession.open("local[1]", Map.of())) {
      GoldenTraining.check(session, ReduceKind.DRIVER, List.of(3));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DRIVER", "SLICED"})
  void shouldTrainToTheGoldenHashThroughTaskFailures(ReduceKind reduce) {
    try (TestSession session = TestSession.open("local[2,4]", GoldenTraining.faults())) {
      GoldenTraining.check(session, reduce, List.of(2, 7));
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInWorkersWhoseTasksFailAndExecutorsDie() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, Isolation.loopback());
        TestSession session = TestSession.on(cluster, GoldenTraining.faults())) {
      GoldenTraining.check(session, ReduceKind.DRIVER, GoldenCase.GRU, 7);
      GoldenTraining.check(session, ReduceKind.SLICED, GoldenCase.GRU, 7);
      GoldenTraining.checkWithKill(session, ReduceKind.DRIVER, GoldenCase.LSTM, 3);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInSlicesWhoseFilesAreLostAndWhoseExecutorDies() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, Isolation.loopback());
        TestSession session = TestSession.on(cluster, LostFilesPlugin.settings())) {
      AtomicInteger repeated = countRepeatedStages(session.context());
      GoldenTraining.check(session, ReduceKind.SLICED, GoldenCase.GRU, 7);
      assertTrue(repeated.get() > 0, "no stage was computed again");
      GoldenTraining.checkWithKill(session, ReduceKind.SLICED, GoldenCase.LSTM, 3);
    }
  }

  private static AtomicInteger countRepeatedStages(SparkContext context) {
    AtomicInteger repeated = new AtomicInteger();
    context.addSparkListener(
        new SparkListener() {
          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            repeated.addAndGet(stage.stageInfo().attemptNumber() > 0 ? 1 : 0);
          }
        });
    return repeated;
  }
}
