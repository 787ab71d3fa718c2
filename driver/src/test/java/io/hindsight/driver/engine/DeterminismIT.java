package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.spark.resident.ResidentEngineIT;
import io.hindsight.driver.spark.session.TestSession;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The golden hashes from Spark jobs, each number of tasks with some network and each network in
 * some number of tasks, in one process and in two workers', with failing tasks and a killed
 * executor. {@link DeterminismMatrixIT} has every combination, and {@link ResidentEngineIT} the
 * tasks that stay.
 */
class DeterminismIT {
  private static final int STEPS = 20; // more than an epoch

  /**
   * What our jobs send is registered with Kryo: a name in each message would be longer than some.
   */
  private static final Map<String, String> REGISTERED =
      Map.of("spark.kryo.registrationRequired", "true");

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  @Test
  void shouldTrainToTheGoldenHashInAnyNumberOfTasks() {
    try (TestSession session = TestSession.open("local[2]", REGISTERED)) {
      GoldenTraining training = new GoldenTraining(session, STEPS);
      training.checkSome(ReduceKind.DRIVER);
      training.checkSome(ReduceKind.SLICED);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashOnOneCore() {
    try (TestSession session = TestSession.open("local[1]", Map.of())) {
      new GoldenTraining(session, STEPS).check(ReduceKind.DRIVER, GoldenCase.NOISY, 3);
    }
  }

  @Test
  void shouldTrainToTheGoldenHashInWorkersWhoseTasksFailWhoseFilesAreLostAndWhichDie()
      throws Exception {
    try (TestSession session = TestSession.onShortLived(CLUSTER.idle(), harmed())) {
      AtomicInteger repeated = countRepeatedStages(session.context());
      GoldenTraining training = new GoldenTraining(session, STEPS);
      training.checkSome(ReduceKind.DRIVER);
      assertEquals(0, repeated.get(), "a stage was computed again, though no file is used");
      training.check(ReduceKind.SLICED, GoldenCase.GRU, 7);
      training.check(ReduceKind.SLICED, GoldenCase.RNN, 16);
      training.check(ReduceKind.SLICED, GoldenCase.BIDIRECTIONAL, 2);
      training.check(ReduceKind.SLICED, GoldenCase.CATEGORIES, 3);
      assertTrue(repeated.get() > 0, "no stage was computed again");
      training.checkWithKill(ReduceKind.DRIVER, GoldenCase.LSTM, 3);
      training.checkWithKill(ReduceKind.SLICED, GoldenCase.LSTM, 3);
    }
  }

  /** By faults and lost files: of some stages, so that most steps are as they are without. */
  private static Map<String, String> harmed() {
    Map<String, String> all = new HashMap<>(REGISTERED);
    all.putAll(GoldenTraining.faults());
    LostFilesPlugin.settings()
        .forEach((key, value) -> all.merge(key, value, (one, other) -> one + "," + other));
    return all;
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
