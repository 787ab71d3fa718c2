package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.TrainingConfig.ReduceKind;
import io.hindsight.driver.engine.jobs.JobEngine;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Trains golden cases as Spark jobs and compares the weights with the committed hashes. */
final class GoldenTraining {
  private static final int STEPS = 200;
  private static final int KILL_AT = 40;
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  private GoldenTraining() {}

  /** Settings that let a task of every 23rd job fail. */
  static Map<String, String> faults() {
    return Map.of("spark.plugins", FaultPlugin.class.getName(), FaultPlugin.EVERY, "23");
  }

  /** Every case, in each of these numbers of tasks. */
  static void check(TestSession session, ReduceKind reduce, List<Integer> tasks) {
    for (GoldenCase golden : GoldenCase.values()) {
      for (int number : tasks) {
        check(session, reduce, golden, number);
      }
    }
  }

  static void check(TestSession session, ReduceKind reduce, GoldenCase golden, int tasks) {
    try (GradientEngine engine = engine(session, reduce, golden, tasks)) {
      assertHash(golden, tasks, GoldenRun.hash(golden, engine, STEPS));
    }
  }

  /** Kills an executor process in the middle of the run. */
  static void checkWithKill(TestSession session, ReduceKind reduce, GoldenCase golden, int tasks) {
    try (GradientEngine engine = engine(session, reduce, golden, tasks)) {
      String hash = GoldenRun.hash(golden, engine, STEPS, GoldenTraining::killAnExecutorAt);
      assertHash(golden, tasks, hash);
    }
  }

  private static GradientEngine engine(
      TestSession session, ReduceKind reduce, GoldenCase golden, int tasks) {
    return new JobEngine(
        session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, tasks, reduce);
  }

  private static void assertHash(GoldenCase golden, int tasks, String hash) {
    assertEquals(GoldenHashes.of(golden, STEPS), hash, golden + " in " + tasks + " tasks");
  }

  static void killAnExecutorAt(long step) {
    if (step == KILL_AT) {
      killAnExecutor();
    }
  }

  static void killAnExecutor() {
    assertTrue(executors().findFirst().orElseThrow().destroyForcibly(), "not killed");
  }

  private static Stream<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(EXECUTOR));
  }
}
