package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkMemoryTest {
  @Test
  void shouldAskForTheHeapThatSparkWants() {
    SparkConf conf = new SparkConf(false);
    assertDoesNotThrow(() -> SparkMemory.requireLeast(conf, SparkMemory.LEAST));
    ConfigException refusal =
        assertThrows(
            ConfigException.class, () -> SparkMemory.requireLeast(conf, SparkMemory.LEAST - 1));
    assertEquals(
        "command line: spark.driver.memory: Spark needs a heap of 450 MiB or more in the driver,"
            + " which has 450 MiB; give it more by spark.driver.memory=1024m"
            + " (or HINDSIGHT_JAVA_OPTIONS=-Xmx1024m)",
        refusal.getMessage());
  }

  /** The limit is Spark's own, in this version, too. */
  @Test
  void shouldKnowSparksLimit() {
    long less = SparkMemory.LEAST - 1;
    Map<String, String> settings = Map.of("spark.testing.memory", "" + less);
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> TestSession.open("local[1]", settings).close());
    assertTrue(refusal.getMessage().contains("must be at least " + SparkMemory.LEAST));
  }

  @Test
  void shouldTellTheNeedOfExecutors() {
    Map<String, String> settings = Map.of("spark.executor.memory", "100m");
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> TestSession.open("local[1]", settings).close());
    assertTrue(refusal.getMessage().contains("spark.executor.memory=1g"), refusal.getMessage());
  }
}
