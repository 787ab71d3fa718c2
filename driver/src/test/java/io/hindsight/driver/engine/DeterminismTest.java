package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden hashes from threads of this process; {@link DeterminismIT} has them from Spark. */
@Tag("vectors")
class DeterminismTest {
  private static final int STEPS = 200;

  /** More than the eight shards, and such as do not divide them. */
  static final List<Integer> TASKS = List.of(1, 2, 3, 7, 16);

  @ParameterizedTest
  @EnumSource
  void shouldTrainToTheGoldenHashWithAnyNumberOfThreads(GoldenCase golden) {
    for (int tasks : TASKS) {
      try (GradientEngine engine =
          new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, tasks)) {
        assertEquals(
            GoldenHashes.of(golden, STEPS),
            GoldenRun.hash(golden, engine, STEPS),
            golden + " in " + tasks + " tasks");
      }
    }
  }
}
