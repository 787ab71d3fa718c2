package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionsTest {
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
}
