package io.hindsight.driver.spark.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ShardMemoryTest {
  private static final long HEAP = 2L << 30;

  private final SparkConf conf = new SparkConf(false);

  @Test
  void shouldTakeWhatSparkKeepsForCachedBlocks() {
    double heap = HEAP - (300L << 20);
    assertEquals(0.3 * heap, ShardMemory.limit(conf, HEAP), 1);
    conf.set("spark.memory.fraction", "0.8").set("spark.memory.storageFraction", "0.25");
    assertEquals(0.2 * heap, ShardMemory.limit(conf, HEAP), 1);
  }

  @Test
  void shouldTakeWhatTheSessionSets() {
    assertEquals(3L << 30, ShardMemory.limit(conf.set(ShardMemory.LIMIT, "3g"), HEAP));
    assertEquals(0, ShardMemory.limit(conf.set(ShardMemory.LIMIT, "0"), HEAP));
  }
}
