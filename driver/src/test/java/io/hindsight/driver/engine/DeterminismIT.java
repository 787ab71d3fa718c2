package io.hindsight.driver.engine;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden hashes from Spark jobs in one process and in two workers', with failing tasks and a
 * killed executor. {@link DeterminismMatrixIT} has every combination.
 */
class DeterminismIT {
  @TempDir private Path folder;

  @Test
  void shouldTrainToTheGoldenHashInAnyNumberOfTasks() {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      GoldenTraining.check(session, DeterminismTest.TASKS);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashOnOneCore() {
    try (TestSession session = TestSession.open("local[1]", Map.of())) {
      GoldenTraining.check(session, List.of(3));
    }
  }

  @Test
  void shouldTrainToTheGoldenHashThroughTaskFailures() {
    try (TestSession session = TestSession.open("local[2,4]", GoldenTraining.faults())) {
      GoldenTraining.check(session, List.of(2, 7));
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInWorkersWhoseTasksFailAndExecutorsDie() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, Isolation.loopback());
        TestSession session = TestSession.on(cluster, GoldenTraining.faults())) {
      GoldenTraining.check(session, GoldenCase.GRU, 7);
      GoldenTraining.checkWithKill(session, GoldenCase.LSTM, 3);
    }
  }
}
