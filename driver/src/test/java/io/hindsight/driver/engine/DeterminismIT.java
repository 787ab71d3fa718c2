package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The golden hashes from Spark jobs: in one process and in two, with any number of tasks, with and
 * without faults. Every session trains every cell.
 */
class DeterminismIT {
  private static final int STEPS = 200;
  private static final LongConsumer NO_DISTURBANCE = step -> {};

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2]"})
  void shouldTrainToTheGoldenHashInOneProcess(String master) {
    try (TestSession session = TestSession.open(master, Map.of())) {
      trainInAnyNumberOfTasks(session);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInOneProcessWhoseTasksFail() {
    try (TestSession session = TestSession.open("local[2,4]", faults())) {
      trainInAnyNumberOfTasks(session);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInTwoWorkerProcesses() throws Exception {
    try (StandaloneCluster cluster = cluster();
        TestSession session = TestSession.on(cluster, Map.of())) {
      trainInAnyNumberOfTasks(session);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInTwoWorkerProcessesWhoseTasksFail() throws Exception {
    try (StandaloneCluster cluster = cluster();
        TestSession session = TestSession.on(cluster, faults())) {
      trainInAnyNumberOfTasks(session);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashWhenExecutorsAreKilled() throws Exception {
    try (StandaloneCluster cluster = cluster();
        TestSession session = TestSession.on(cluster, Map.of())) {
      for (GoldenCase golden : GoldenCase.values()) {
        train(session, golden, 3, step -> killOneAt(step, 40));
      }
    }
  }

  private StandaloneCluster cluster() throws Exception {
    return StandaloneCluster.start(folder, 2, Isolation.loopback());
  }

  private static Map<String, String> faults() {
    return Map.of("spark.plugins", FaultPlugin.class.getName(), FaultPlugin.EVERY, "23");
  }

  private static void trainInAnyNumberOfTasks(TestSession session) {
    for (GoldenCase golden : GoldenCase.values()) {
      for (int tasks : DeterminismTest.TASKS) {
        train(session, golden, tasks, NO_DISTURBANCE);
      }
    }
  }

  private static void train(
      TestSession session, GoldenCase golden, int tasks, LongConsumer disturbance) {
    try (GradientEngine engine =
        new JobEngine(session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, tasks)) {
      assertEquals(
          GoldenHashes.of(golden, STEPS),
          GoldenRun.hash(golden, engine, STEPS, disturbance),
          golden + " in " + tasks + " tasks");
    }
  }

  private static void killOneAt(long step, long when) {
    if (step == when) {
      ProcessHandle executor = Executors.ofThisProcess().findFirst().orElseThrow();
      executor.destroyForcibly();
    }
  }
}
