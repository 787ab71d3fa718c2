package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.TrainingConfig.EngineKind;
import io.hindsight.driver.plan.SparkSetup;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
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

  @Test
  void shouldAddItsRegistratorToThoseOfTheSiteAndNeverRequireRegistration() {
    String ours = HindsightKryoRegistrator.class.getName();
    SparkConf bare = new SparkConf(false).setMaster("yarn");
    Sessions.addDefaults(bare);
    assertEquals(ours, bare.get("spark.kryo.registrator"));
    assertFalse(bare.contains("spark.kryo.registrationRequired"));

    SparkConf site = new SparkConf(false).setMaster("yarn");
    site.set("spark.kryo.registrator", "org.site.Registrator");
    Sessions.addDefaults(site);
    assertEquals("org.site.Registrator," + ours, site.get("spark.kryo.registrator"));
    assertFalse(site.contains("spark.kryo.registrationRequired"));
  }

  @Test
  void shouldReadTimesInOneZoneUnlessTheUserSetsAnother() {
    SparkConf conf = new SparkConf(false).setMaster("local");
    Sessions.addDefaults(conf);
    assertEquals("UTC", conf.get("spark.sql.session.timeZone"));
  }

  private static EngineKind automatic(Optional<String> master) {
    return Engines.choose(EngineKind.AUTO, master).kind();
  }
}
