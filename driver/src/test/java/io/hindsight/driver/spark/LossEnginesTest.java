package io.hindsight.driver.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenHashes;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.loss.GoldenLoss;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.loss.LossWindows;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.jobs.LossJobs;
import io.hindsight.driver.spark.resident.ResidentEngine;
import io.hindsight.driver.spark.session.TestSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Losses between the steps of training, by the engines' tasks in this process. */
class LossEnginesTest {
  private static final int STEPS = 20;
  private static final int EVERY = 8;

  @Test
  void shouldComputeTheLossBetweenSteps() {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      for (GoldenCase golden : GoldenCase.values()) {
        for (LossWindows windows : List.of(LossWindows.WHOLE, GoldenLoss.CUT)) {
          GoldenLoss part = new GoldenLoss(golden, windows);
          Optional<LossPlan> losses = Optional.of(part.plan());
          boolean even = (golden.ordinal() & 1) == 0;
          int tasks = even == (windows == LossWindows.WHOLE) ? 0 : 3;
          try (ResidentEngine engine = resident(session, golden, tasks, losses)) {
            check(engine, engine, golden, part);
          }
          try (GradientEngine engine = jobs(session, golden, tasks);
              LossEngine loss = new LossJobs(session.context(), golden.spec(), part.plan(), 2)) {
            check(engine, loss, golden, part);
          }
        }
      }
    }
  }

  private static ResidentEngine resident(
      TestSession session, GoldenCase golden, int tasks, Optional<LossPlan> losses) {
    return new ResidentEngine(
        session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, tasks, losses);
  }

  private static GradientEngine jobs(TestSession session, GoldenCase golden, int tasks) {
    return JobEngines.open(session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, tasks);
  }

  private static void check(
      GradientEngine engine, LossEngine losses, GoldenCase golden, GoldenLoss part) {
    GoldenRun run = new GoldenRun(golden);
    part.check(losses, golden.initialWeights(), 0);
    while (run.step() < STEPS) {
      run.makeStep(engine);
      if (run.step() % EVERY == 0) {
        part.check(losses, run.weights(), run.step());
      }
    }
    assertEquals(GoldenHashes.of(golden, STEPS), run.hash(), golden + " by " + engine.name());
  }
}
