package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hindsight.driver.step.Teams;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden hashes from threads of this process; {@link DeterminismIT} has them from Spark. */
@Tag("vectors")
class DeterminismTest {
  private static final int STEPS = 200;
  private static final int FEWER = 50;
  private static final long PATIENCE = 30_000; // ms

  /** More than the eight shards, and such as do not divide them. */
  static final List<Integer> TASKS = List.of(1, 2, 3, 7, 16);

  @ParameterizedTest
  @EnumSource
  void shouldTrainToTheGoldenHashWithAnyNumberOfThreads(GoldenCase golden) {
    for (int tasks : TASKS) {
      int steps = tasks == 1 ? STEPS : FEWER;
      try (GradientEngine engine =
          new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, tasks)) {
        assertEquals(
            GoldenHashes.of(golden, steps),
            GoldenRun.hash(golden, engine, steps),
            golden + " in " + tasks + " tasks");
      }
    }
  }

  @Test
  void shouldEndItsThreadsWhenItIsClosed() throws InterruptedException {
    GoldenCase golden = GoldenCase.GRU;
    new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, new Teams(2, 3)).close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("hindsight-team")) {
        thread.join(PATIENCE);
        assertFalse(thread.isAlive());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrainToTheGoldenHashWithThreadsThatShareShards(GoldenCase golden) {
    for (Teams teams : List.of(new Teams(1, 2), new Teams(2, 2))) {
      int steps = teams.equals(new Teams(2, 2)) ? STEPS : FEWER;
      try (GradientEngine engine =
          new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, teams)) {
        assertEquals(
            GoldenHashes.of(golden, steps),
            GoldenRun.hash(golden, engine, steps),
            () -> golden + " by " + teams);
      }
    }
  }
}
