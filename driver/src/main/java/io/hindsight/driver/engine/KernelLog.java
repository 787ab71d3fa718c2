package io.hindsight.driver.engine;

import io.hindsight.kernels.math.choice.OpsProvider;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log which kernels this JVM, driver or executor, computes with, and why. */
public final class KernelLog {
  private static final Logger LOG = LoggerFactory.getLogger(KernelLog.class);
  private static final AtomicBoolean WRITTEN = new AtomicBoolean();

  private KernelLog() {}

  /** Writes the line, the first time it is called. */
  public static void writeOnce() {
    if (!WRITTEN.getAndSet(true)) {
      LOG.info("{}", OpsProvider.description());
    }
  }
}
