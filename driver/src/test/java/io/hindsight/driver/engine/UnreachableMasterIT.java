package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UnreachableMasterIT {
  /** Spark itself tries for a minute. */
  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void shouldSayThatNoMasterAnswers() {
    String message =
        assertThrows(
                EngineException.class,
                () -> TestSession.open("spark://127.0.0.1:9", Map.of()).close())
            .getMessage();
    assertEquals(
        "no Spark master answers at spark://127.0.0.1:9;"
            + " check that it runs and can be reached from here",
        message);
  }
}
