package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkReleaseTest {
  @ParameterizedTest
  @CsvSource({
    "3.5.0, 3, 5",
    "3.5.6-amzn-1, 3, 5",
    "4.0.1, 4, 0",
    "4.2.0-preview1, 4, 2",
    "10.11.12, 10, 11",
    "4.3.0-SNAPSHOT, 4, 3"
  })
  void shouldReadWhatDistributorsWrite(String version, int major, int minor) {
    assertEquals(new SparkRelease(version, major, minor), SparkRelease.of(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.4.4", "3.3.2-databricks", "2.4.8", "", "unknown", "3", "99999.1.1"})
  void shouldRefuseOlderOnesAndNone(String version) {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> SparkRelease.of(version), version);
    String message = "3.5 or newer, but this one is '" + version + "'";
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void shouldGiveExecutorsTheVectorModuleWhereSparkDoesNot() {
    assertEquals(
        Map.of("spark.executor.defaultJavaOptions", "--add-modules=jdk.incubator.vector"),
        SparkRelease.of("3.5.6").defaults());
    assertEquals(Map.of(), SparkRelease.of("4.0.0").defaults());
  }

  @Test
  void shouldKnowThePresentOne() {
    assertTrue(SparkRelease.present().major() >= 4);
  }
}
