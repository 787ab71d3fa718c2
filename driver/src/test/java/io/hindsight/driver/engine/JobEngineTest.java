package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobEngineTest {
  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open("local[2]", Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldMatchTheLocalEngineToTheBit(GoldenCase golden) {
    try (GradientEngine local = new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, 1);
        GradientEngine jobs =
            new JobEngine(session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, 0)) {
      assertEquals(GoldenRun.hash(golden, local, 50), GoldenRun.hash(golden, jobs, 50));
    }
  }
}
