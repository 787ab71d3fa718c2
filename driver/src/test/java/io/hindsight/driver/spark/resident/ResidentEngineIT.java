package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenHashes;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.engine.GoldenTraining;
import io.hindsight.driver.loss.GoldenLoss;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.loss.LossWindows;
import io.hindsight.driver.spark.session.TestSession;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The golden hashes from tasks that stay in two workers' executors. */
public class ResidentEngineIT {
  private static final int STEPS = 200; // well compiled, with vectors, long before the last
  private static final int FEW_STEPS = 50;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  private static TestSession smallMessages; // for the tests that want them

  @AfterAll
  static void close() {
    if (smallMessages != null) {
      smallMessages.close();
      smallMessages = null;
    }
  }

  /** With both executors, also after a test that killed one. */
  private static TestSession ofSmallMessages() throws InterruptedException {
    if (smallMessages == null) {
      Map<String, String> small = Map.of("spark.hindsight.message.bytes", "1000");
      smallMessages = TestSession.onShortLived(CLUSTER.idle(), small);
    }
    ExecutorProcess.await(2);
    return smallMessages;
  }

  @Test
  void shouldTrainToTheGoldenHashInTwoWorkers() throws Exception {
    close();
    try (TestSession session = TestSession.on(CLUSTER.idle(), Map.of())) {
      for (GoldenCase golden : GoldenCase.values()) {
        check(session, golden, 0, STEPS);
        check(session, golden, GoldenTraining.someTasks(golden), FEW_STEPS);
      }
    }
  }

  @Test
  void shouldSendLargeMessagesInPiecesAndGoOnWhenAnExecutorIsKilled() throws Exception {
    GoldenCase golden = GoldenCase.LSTM;
    try (ResidentEngine engine = engine(ofSmallMessages(), golden, 0)) {
      String hash = GoldenRun.hash(golden, engine, STEPS, GoldenTraining::killAnExecutorAt);
      assertEquals(GoldenHashes.of(golden, STEPS), hash);
      assertTrue(engine.events().lost() > 0, engine.events().toString());
    }
  }

  @Test
  void shouldComputeLossesWhereTheShardsAreAndGoOnWhenAnExecutorIsKilled() throws Exception {
    GoldenCase golden = GoldenCase.LSTM;
    GoldenLoss part = new GoldenLoss(golden, LossWindows.WHOLE);
    Optional<LossPlan> losses = Optional.of(part.plan());
    try (ResidentEngine engine =
        new ResidentEngine(
            ofSmallMessages().context(),
            golden.spec(),
            golden.plan(),
            GoldenCase.SEED,
            0,
            losses)) {
      GoldenRun run = new GoldenRun(golden);
      while (run.step() < FEW_STEPS) {
        run.makeStep(engine);
        if (run.step() % 10 == 0) {
          GoldenTraining.killAnExecutorAt(run.step());
          part.check(engine, run.weights(), run.step());
        }
      }
      assertEquals(GoldenHashes.of(golden, FEW_STEPS), run.hash());
      assertTrue(engine.events().lost() > 0, engine.events().toString());
    }
  }

  private static void check(TestSession session, GoldenCase golden, int tasks, int steps) {
    try (ResidentEngine engine = engine(session, golden, tasks)) {
      String hash = GoldenRun.hash(golden, engine, steps);
      assertEquals(GoldenHashes.of(golden, steps), hash, golden + " in " + tasks + " tasks");
    }
  }

  private static ResidentEngine engine(TestSession session, GoldenCase golden, int tasks) {
    return new ResidentEngine(
        session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, tasks);
  }
}
