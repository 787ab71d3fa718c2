package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.spark.session.TestSession;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutorWorkersTest {
  private final GoldenCase golden = GoldenCase.RNN;

  @Test
  void shouldKeepAWorkerForItsJobsNextAttemptAndDropItForAnotherEngine() throws Exception {
    try (TestSession session = TestSession.open("local[2]", Map.of());
        ResidentEngine first = engine(session)) {
      new GoldenRun(golden).makeStep(first);
      session.context().cancelAllJobs();
      for (int i = 0; first.coordinator().tasks() > 0; i++) {
        assertTrue(i < 30_000, "its tasks do not end");
        Thread.sleep(1);
      }
      assertEquals(Set.of(first.id()), ExecutorWorkers.engines());
      try (ResidentEngine second = engine(session)) {
        new GoldenRun(golden).makeStep(second);
        assertEquals(Set.of(second.id()), ExecutorWorkers.engines());
      }
      assertEquals(Set.of(), ExecutorWorkers.engines());
    }
  }

  private ResidentEngine engine(TestSession session) {
    return new ResidentEngine(session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, 2);
  }
}
