package io.hindsight.driver.plan;

import com.sun.management.OperatingSystemMXBean;
import io.hindsight.datasets.ByteCount;
import java.lang.management.ManagementFactory;

/** How to give the driver more heap. */
public final class Heap {
  private static final double SHARE =
      0.8; // of the machine's memory; Java needs some beside the heap

  private Heap() {}

  /**
   * The setting, for each way to start: {@code spark.driver.memory=3g (or
   * HINDSIGHT_JAVA_OPTIONS=-Xmx3g)}.
   *
   * @param bytes heap, rounded up
   */
  public static String setting(long bytes) {
    return "spark.driver.memory=%1$s (or HINDSIGHT_JAVA_OPTIONS=-Xmx%1$s)"
        .formatted(ByteCount.setting(bytes));
  }

  /**
   * What to do when a heap has turned out too small: to double it, as far as there is memory.
   *
   * @param heap what it was, bytes
   */
  public static String remedy(long heap) {
    return remedy(heap, machine());
  }

  static String remedy(long heap, long machine) {
    long most = (long) (SHARE * machine);
    return most < heap + heap / 4
        ? "use a machine or container with more than its %s".formatted(ByteCount.text(machine))
        : "give it more by " + setting(Math.min(2 * heap, most));
  }

  /** The memory of the machine or the container, bytes. */
  private static long machine() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
