package io.hindsight.driver.engine;

import io.hindsight.kernels.math.choice.OpsProvider;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log which kernels this JVM, driver or executor, computes with, and why; and of a
 * collector that does not lay their arrays as they would have them.
 */
public final class KernelLog {
  private static final Logger LOG = LoggerFactory.getLogger(KernelLog.class);
  private static final AtomicBoolean WRITTEN = new AtomicBoolean();

  private KernelLog() {}

  /** Writes the lines, the first time it is called. */
  public static void writeOnce() {
    if (WRITTEN.getAndSet(true)) {
      return;
    }
    LOG.info("{}", OpsProvider.description());
    if (OpsProvider.get().leastArray() > 0 && !collectorIsG1()) {
      LOG.info(
          "with -XX:+UseG1GC arrays of the kernels begin on cache lines, which some processors need for full speed");
    }
  }

  private static boolean collectorIsG1() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .anyMatch(collector -> collector.getName().startsWith("G1 "));
  }
}
