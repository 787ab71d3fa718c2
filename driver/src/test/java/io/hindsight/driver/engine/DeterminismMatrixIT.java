package io.hindsight.driver.engine;

import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.spark.session.TestSession;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every cell in every number of tasks, in one process and in two workers', with and without faults:
 * some minutes, so only with {@code -Dhindsight.determinism=full}.
 */
@EnabledIfSystemProperty(
    named = "hindsight.determinism",
    matches = "full",
    disabledReason = "takes minutes; run it with -Dhindsight.determinism=full")
@Tag("vectors")
class DeterminismMatrixIT {
  private static final int STEPS = 200;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2]"})
  void shouldTrainToTheGoldenHashInOneProcess(String master) {
    try (TestSession session = TestSession.open(master, Map.of())) {
      checkBoth(session);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[1,4]", "local[2,4]"})
  void shouldTrainToTheGoldenHashInOneProcessWhoseTasksFail(String master) {
    try (TestSession session = TestSession.open(master, GoldenTraining.faults())) {
      checkBoth(session);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInTwoWorkers() throws Exception {
    try (TestSession session = TestSession.on(CLUSTER.idle(), Map.of())) {
      checkBoth(session);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInTwoWorkersWhoseTasksFail() throws Exception {
    try (TestSession session = TestSession.on(CLUSTER.idle(), GoldenTraining.faults())) {
      checkBoth(session);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrainToTheGoldenHashWhenAnExecutorIsKilled(GoldenCase golden) throws Exception {
    try (TestSession session = TestSession.on(CLUSTER.idle(), Map.of())) {
      new GoldenTraining(session, STEPS).checkWithKill(ReduceKind.DRIVER, golden, 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrainToTheGoldenHashInSlicesWhenAnExecutorIsKilled(GoldenCase golden)
      throws Exception {
    try (TestSession session = TestSession.on(CLUSTER.idle(), Map.of())) {
      new GoldenTraining(session, STEPS).checkWithKill(ReduceKind.SLICED, golden, 3);
    }
  }

  private static void checkBoth(TestSession session) {
    GoldenTraining training = new GoldenTraining(session, STEPS);
    training.check(ReduceKind.DRIVER, DeterminismTest.TASKS);
    training.check(ReduceKind.SLICED, DeterminismTest.TASKS);
  }
}
