package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenHashes;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.spark.session.TestSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The golden hashes from tasks that stay, in this process. */
class ResidentEngineTest {
  private static final int STEPS = 50;
  private static final List<Integer> TASKS = List.of(1, 2, 3, 7, 16);

  @Test
  void shouldTrainToTheGoldenHashInAnyNumberOfTasks() {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      for (GoldenCase golden : GoldenCase.values()) {
        for (int tasks : tasks(golden)) {
          try (ResidentEngine engine = engine(session, golden, tasks)) {
            String hash = GoldenRun.hash(golden, engine, STEPS);
            assertEquals(GoldenHashes.of(golden, STEPS), hash, golden + " in " + tasks + " tasks");
            assertEquals(ResidentEvents.NONE, engine.events());
          }
        }
      }
    }
  }

  /** As many as Spark has slots, and two more; those of all cases together are all of them. */
  private static List<Integer> tasks(GoldenCase golden) {
    int first = golden.ordinal() % TASKS.size();
    return List.of(0, TASKS.get(first), TASKS.get((first + 2) % TASKS.size()));
  }

  private static ResidentEngine engine(TestSession session, GoldenCase golden, int tasks) {
    return new ResidentEngine(
        session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, tasks);
  }
}
