package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.session.TestSession;
import java.util.List;
import java.util.Map;

/** Trains golden cases as Spark jobs and compares the weights with the committed hashes. */
public final class GoldenTraining {
  private static final int KILL_AT = 10;

  private final TestSession session;
  private final int steps;

  /**
   * Prepares trainings.
   *
   * @param session where the jobs run
   * @param steps of each training; there must be a hash for as many
   */
  GoldenTraining(TestSession session, int steps) {
    this.session = session;
    this.steps = steps;
  }

  /**
   * Settings that let tasks of every seventh stage fail: also of those that are second in a job.
   */
  static Map<String, String> faults() {
    return Map.of("spark.plugins", FaultPlugin.class.getName(), FaultPlugin.EVERY, "7");
  }

  /** Every case, in each of these numbers of tasks. */
  void check(ReduceKind reduce, List<Integer> tasks) {
    for (GoldenCase golden : GoldenCase.values()) {
      for (int number : tasks) {
        check(reduce, golden, number);
      }
    }
  }

  /** Every case in some number of tasks, and every number with some case. */
  void checkSome(ReduceKind reduce) {
    for (GoldenCase golden : GoldenCase.values()) {
      check(reduce, golden, someTasks(golden));
    }
  }

  /** One of {@link DeterminismTest#TASKS}; those of all cases together are all of them. */
  public static int someTasks(GoldenCase golden) {
    List<Integer> all = DeterminismTest.TASKS;
    return all.get(golden.ordinal() % all.size());
  }

  void check(ReduceKind reduce, GoldenCase golden, int tasks) {
    try (GradientEngine engine = engine(reduce, golden, tasks)) {
      assertHash(golden, tasks, GoldenRun.hash(golden, engine, steps));
    }
  }

  /** Kills an executor process in the middle of the run. */
  void checkWithKill(ReduceKind reduce, GoldenCase golden, int tasks) {
    try (GradientEngine engine = engine(reduce, golden, tasks)) {
      String hash = GoldenRun.hash(golden, engine, steps, GoldenTraining::killAnExecutorAt);
      assertHash(golden, tasks, hash);
    }
  }

  private GradientEngine engine(ReduceKind reduce, GoldenCase golden, int tasks) {
    return JobEngines.open(
        session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, tasks, reduce);
  }

  private void assertHash(GoldenCase golden, int tasks, String hash) {
    assertEquals(GoldenHashes.of(golden, steps), hash, golden + " in " + tasks + " tasks");
  }

  public static void killAnExecutorAt(long step) {
    if (step == KILL_AT) {
      killAnExecutor();
    }
  }

  static void killAnExecutor() {
    assertTrue(ExecutorProcess.running().values().iterator().next().kill(), "not killed");
  }
}
