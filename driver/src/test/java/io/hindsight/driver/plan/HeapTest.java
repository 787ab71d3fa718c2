package io.hindsight.driver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeapTest {
  private static final long GIBI = 1L << 30;

  @Test
  void shouldNameTheSettingForEachWayToStart() {
    assertEquals(
        "spark.driver.memory=3g (or HINDSIGHT_JAVA_OPTIONS=-Xmx3g)", Heap.setting(3 * GIBI));
  }

  @Test
  void shouldDoubleAsFarAsThereIsMemory() {
    assertEquals("give it more by " + Heap.setting(2 * GIBI), Heap.remedy(GIBI, 64 * GIBI));
    assertEquals("give it more by " + Heap.setting(4 * GIBI), Heap.remedy(3 * GIBI, 5 * GIBI));
    assertEquals(
        "use a machine or container with more than its 4.00 GiB", Heap.remedy(3 * GIBI, 4 * GIBI));
  }
}
