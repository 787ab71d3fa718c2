package io.hindsight.driver.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.plan.SparkSetup;
import java.util.List;
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
  void shouldChooseResidentTasksOnClustersUnlessSettingsForbidThem() {
    for (String master :
        List.of("spark://host:7077", "yarn", "k8s://https://host", "local-cluster[2,1,1024]")) {
      assertEquals(EngineKind.SPARK_RESIDENT, automatic(Optional.of(master)));
    }
    assertEquals(Optional.empty(), Engines.whyNotResident(setup(true, false, false)));
    assertReason("spark.plugins=", setup(false, false, false));
    assertReason("spark.dynamicAllocation.enabled", setup(true, true, false));
    assertReason("spark.speculation", setup(true, false, true));
  }

  private static SparkSetup setup(boolean plugin, boolean allocation, boolean speculation) {
    return new SparkSetup("yarn", false, plugin, allocation, speculation, 1, 1, 1, 1, 1, 1);
  }

  private static void assertReason(String reason, SparkSetup setup) {
    assertTrue(Engines.whyNotResident(setup).orElseThrow().contains(reason), reason);
  }

  @Test
  void shouldDoAsConfigured() {
    for (EngineKind kind : new EngineKind[] {EngineKind.LOCAL, EngineKind.SPARK_JOBS}) {
      assertEquals(kind, EngineChoice.of(kind, Optional.of("yarn")).kind());
      assertEquals(kind, EngineChoice.of(kind, Optional.of("local[2]")).kind());
    }
  }

  private static EngineKind automatic(Optional<String> master) {
    return EngineChoice.of(EngineKind.AUTO, master).kind();
  }
}
