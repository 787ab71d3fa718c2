package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.TrainingConfig.EngineKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnginesTest {
  @Test
  void shouldChooseThreadsWhereSparkWouldRunInThisProcess() {
    assertEquals(EngineKind.LOCAL, automatic(Optional.empty()));
    assertEquals(EngineKind.LOCAL, automatic(Optional.of("local")));
    assertEquals(EngineKind.LOCAL, automatic(Optional.of("local[*]")));
    assertEquals(EngineKind.LOCAL, automatic(Optional.of("local[4,2]")));
  }

  @Test
  void shouldChooseJobsOnClusters() {
    assertEquals(EngineKind.SPARK_JOBS, automatic(Optional.of("spark://host:7077")));
    assertEquals(EngineKind.SPARK_JOBS, automatic(Optional.of("yarn")));
    assertEquals(EngineKind.SPARK_JOBS, automatic(Optional.of("k8s://https://host")));
    assertEquals(EngineKind.SPARK_JOBS, automatic(Optional.of("local-cluster[2,1,1024]")));
  }

  @Test
  void shouldDoAsConfigured() {
    for (EngineKind kind : new EngineKind[] {EngineKind.LOCAL, EngineKind.SPARK_JOBS}) {
      assertEquals(kind, Engines.choose(kind, Optional.of("yarn")).kind());
      assertEquals(kind, Engines.choose(kind, Optional.of("local[2]")).kind());
    }
  }

  @Test
  void shouldSayWhatToDoWithoutAMaster() {
    String message =
        assertThrows(ConfigException.class, () -> Sessions.open("name", "the reason")).getMessage();
    assertTrue(message.contains("no Spark master is set") && message.contains("the reason"));
    assertTrue(message.contains("--master"), message);
  }

  @Test
  void shouldFindThatHadoopRunsOnThisJava() {
    assertDoesNotThrow(Sessions::requireFileSystems);
  }

  private static EngineKind automatic(Optional<String> master) {
    return Engines.choose(EngineKind.AUTO, master).kind();
  }
}
