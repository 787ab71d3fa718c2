package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkSettingsTest {
  private final SparkConf conf = new SparkConf(false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark.serializer                 | no.such.Class | there is no class 'no.such.Class'",
        "spark.extraListeners             | no.such.One   | there is no class 'no.such.One'",
        "spark.io.compression.codec       | zip  | use one of lz4, lzf, snappy, zstd",
        "spark.driver.maxResultSize       | abc  | its default is 1g",
        "spark.executor.memory            | abc  | its default is 1g",
        "spark.executor.cores             | two  | its default is 1",
        "spark.task.maxFailures           | 1.5  | its default is 4",
        "spark.speculation                | ja   | boolean",
        "spark.executor.heartbeatInterval | soon | its default is 10s",
        "spark.memory.fraction            | half | double",
        "spark.sql.shuffle.partitions     | some | int",
        "spark.hindsight.message.bytes    | many | 'many' is no size",
        "spark.hindsight.message.bytes    | 5    | is not between 64 and",
        "spark.hindsight.shards.memory    | all  | 'all' is no size",
        "spark.hindsight.data.memory      | all  | 'all' is no size",
        "spark.hindsight.executors.timeout | soon | 'soon' is no time above 0",
        "spark.hindsight.executors.timeout | 0s   | such as 90s or 30m",
      })
  void shouldNameKeyValueAndWhatIsAllowed(String key, String value, String told) {
    ConfigException refusal = refusal(conf.set(key, value));
    assertEquals(1, refusal.problems().size(), refusal.getMessage());
    assertEquals(key, refusal.problems().get(0).key());
    assertTrue(refusal.getMessage().contains("'" + value + "'"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("SQLSTATE"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(told), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
  }

  @Test
  void shouldKnowItsOwnSettingsOnly() {
    String message = refusal(conf.set("spark.hindsight.shard.memory", "1g")).getMessage();
    assertTrue(message.contains("spark.hindsight.shard.memory: there is no such"), message);
    assertTrue(message.contains("spark.hindsight.shards.memory"), message);
  }

  @Test
  void shouldTellAllAtOnce() {
    conf.set("spark.executor.cores", "two").set("spark.executor.memory", "much");
    assertEquals(2, refusal(conf).problems().size());
  }

  @Test
  void shouldRefuseWhatDoesNotGoTogether() {
    String message = refusal(conf.set("spark.network.timeout", "5s")).getMessage();
    assertTrue(message.contains("spark.network.timeout=5000ms must be"), message);
    assertTrue(message.contains("spark.executor.heartbeatInterval=10000ms"), message);
  }

  @Test
  void shouldTakeWhatSparkTakes() {
    conf.set("spark.serializer", JavaSerializer.class.getName())
        .set("spark.hindsight.message.bytes", "1m")
        .set("spark.executor.memory", "2g")
        .set("spark.site.own", "anything")
        .set("spark.plugins", "");
    assertDoesNotThrow(() -> SparkSettings.check(conf));
  }

  /** What only Spark's start finds out. */
  @ParameterizedTest
  @CsvSource({"spark.kryoserializer.buffer.max, 4g", "spark.serializer, java.lang.String"})
  void shouldCallWhatSparkRefusesAMatterOfSettings(String key, String value) {
    Map<String, String> settings = Map.of(key, value);
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> TestSession.open("local[1]", settings).close());
    String message = refusal.getMessage();
    assertTrue(message.startsWith("Spark's settings: Spark does not start with them"), message);
  }

  /** Spark has begun with its own, right or wrong. */
  @Test
  void shouldCheckOursAloneInASessionThatIsThere() {
    conf.set("spark.plugins", "no.Such").set("spark.hindsight.message.bytes", "1m");
    assertDoesNotThrow(() -> SparkSettings.checkOurs(conf));
    conf.set("spark.hindsight.shards.memory", "plenty").set("spark.hindsight.none", "1");
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> SparkSettings.checkOurs(conf));
    assertEquals(2, refusal.problems().size(), refusal.getMessage());
  }

  @Test
  void shouldLeaveAHostThatIsAwayToTheInfrastructure() {
    Exception away = new IllegalArgumentException(new UnknownHostException("namenode"));
    assertDoesNotThrow(() -> SparkSettings.refuse(away));
  }

  private static ConfigException refusal(SparkConf conf) {
    return assertThrows(ConfigException.class, () -> SparkSettings.check(conf));
  }
}
