package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.engine.jobs.JobEngine;
import io.hindsight.driver.shard.ShardPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobEngineTest {
  @ParameterizedTest
  @EnumSource
  void shouldMatchTheLocalEngineToTheBit(GoldenCase golden) {
    try (TestSession session = TestSession.open("local[2]", Map.of());
        GradientEngine local = new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, 1);
        GradientEngine jobs = jobs(session, golden, golden.plan())) {
      assertEquals(GoldenRun.hash(golden, local, 50), GoldenRun.hash(golden, jobs, 50));
    }
  }

  @Test
  void shouldRepeatAStepWhoseJobFailed() {
    GoldenCase golden = GoldenCase.GRU;
    try (TestSession session = faulty("local[2]", "3");
        GradientEngine jobs = jobs(session, golden, golden.plan())) {
      assertEquals(GoldenHashes.of(golden, 20), GoldenRun.hash(golden, jobs, 20));
    }
  }

  @Test
  void shouldGiveUpAfterThreeJobs() {
    GoldenCase golden = GoldenCase.GRU;
    try (TestSession session = faulty("local[2]", "1");
        GradientEngine jobs = jobs(session, golden, golden.plan())) {
      EngineException failure =
          assertThrows(EngineException.class, () -> GoldenRun.hash(golden, jobs, 1));
      assertTrue(failure.getMessage().startsWith("the Spark job of step 0 failed: "));
      assertTrue(failure.getMessage().contains("a fault of the test"), failure.getMessage());
    }
  }

  @Test
  void shouldSayThatTheSessionHasEnded() {
    GoldenCase golden = GoldenCase.RNN;
    TestSession session = TestSession.open("local[1]", Map.of());
    try (GradientEngine jobs = jobs(session, golden, golden.plan())) {
      session.close();
      EngineException failure =
          assertThrows(EngineException.class, () -> GoldenRun.hash(golden, jobs, 1));
      assertEquals("the Spark session has ended; start the run again", failure.getMessage());
    }
  }

  @Test
  void shouldRefuseDataThatDoNotFitTheNetworkAsTheLocalEngineDoes() {
    GoldenCase golden = GoldenCase.RNN;
    ShardPlan tokens = GoldenCase.LSTM.plan();
    try (TestSession session = TestSession.open("local[1]", Map.of());
        GradientEngine local = new LocalEngine(golden.spec(), tokens, GoldenCase.SEED, 1);
        GradientEngine jobs = jobs(session, golden, tokens)) {
      assertEquals(refusal(golden, local), refusal(golden, jobs));
    }
  }

  private static String refusal(GoldenCase golden, GradientEngine engine) {
    return assertThrows(IllegalArgumentException.class, () -> GoldenRun.hash(golden, engine, 1))
        .getMessage();
  }

  private static GradientEngine jobs(TestSession session, GoldenCase golden, ShardPlan plan) {
    return new JobEngine(session.context(), golden.spec(), plan, GoldenCase.SEED, 0);
  }

  private static TestSession faulty(String master, String every) {
    return TestSession.open(
        master, Map.of("spark.plugins", FaultPlugin.class.getName(), FaultPlugin.EVERY, every));
  }
}
