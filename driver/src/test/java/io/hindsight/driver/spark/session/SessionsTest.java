package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  @Test
  void shouldSayWhatToDoWithoutAMaster() {
    String message =
        assertThrows(ConfigException.class, () -> Sessions.open("name", "the reason")).getMessage();
    assertTrue(message.contains("no Spark master is set") && message.contains("the reason"));
    assertTrue(message.contains("--master"), message);
  }

  /** It takes seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"conf/reber.yaml", "conf/char-lm.yaml"})
  void shouldStartNoSparkForGeneratedDataAndTextWithinOneProcess(String preset) {
    String path = preset.contains("char") ? "data.path=LICENSE" : "seed=1";
    RunConfig config = ConfigReader.read(Path.of("..", preset), List.of(path));
    System.setProperty("spark.master", "local[2]");
    try (Sessions none = Sessions.forRun(config)) {
      assertFalse(none.isPresent());
      assertTrue(Sessions.present().isEmpty());
    } finally {
      System.clearProperty("spark.master");
    }
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
}
