package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.spark.session.TestSession;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StationsTest {
  private final GoldenCase golden = GoldenCase.RNN;

  @Test
  void shouldKeepAStationForItsJobsNextAttemptAndDropItForAnotherEngine() throws Exception {
    try (TestSession session = TestSession.open("local[2]", Map.of());
        ResidentEngine first = engine(session)) {
      new GoldenRun(golden).makeStep(first);
      session.context().cancelAllJobs();
      for (int i = 0; first.coordinator().seats() > 0; i++) {
        assertTrue(i < 30_000, "its tasks do not end");
        Thread.sleep(1);
      }
      assertEquals(Set.of(first.id()), Stations.engines());
      try (ResidentEngine second = engine(session)) {
        new GoldenRun(golden).makeStep(second);
        assertEquals(Set.of(second.id()), Stations.engines());
      }
      assertEquals(Set.of(), Stations.engines());
    }
  }

  private ResidentEngine engine(TestSession session) {
    return new ResidentEngine(session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, 2);
  }
}
