package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DataMemoryTest {
  private static final long MIB = 1 << 20;

  private final SparkConf conf = new SparkConf(false);

  @Test
  void shouldTakeAQuarterOfWhatSparkLeavesOfTheHeap() {
    assertEquals(53 * MIB, DataMemory.limit(conf, 512 * MIB));
    assertEquals(0, DataMemory.limit(conf, 200 * MIB));
  }

  @Test
  void shouldDoAsItIsTold() {
    conf.set(DataMemory.LIMIT, "3g");
    assertEquals(3072 * MIB, DataMemory.limit(conf, 512 * MIB));
    conf.set(DataMemory.LIMIT, "plenty");
    String message =
        assertThrows(ConfigException.class, () -> DataMemory.limit(conf, 512 * MIB)).getMessage();
    assertTrue(message.contains("spark.hindsight.data.memory: 'plenty' is no size"), message);
  }
}
