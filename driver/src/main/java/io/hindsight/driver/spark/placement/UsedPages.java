package io.hindsight.driver.spark.placement;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.spark.SparkApi;
import java.util.concurrent.ExecutorService;
import org.apache.spark.broadcast.Broadcast;

/**
 * Takes pages that were read out of an executor's block manager, which would else keep each twice,
 * as bytes and as object, and write most of them to its disk.
 *
 * <p>Only the driver can do that through a broadcast itself, and for all executors at once. A
 * thread of its own does it here: a task that finds a page present, from an attempt before it,
 * holds a lock on the page until the task ends, and would wait for itself.
 */
final class UsedPages {
  private static final ExecutorService THREAD = DaemonThreads.pool("hindsight-used-pages", 1);

  private UsedPages() {}

  /** Takes a page out, unless this is the process that others have it from. */
  static void remove(Broadcast<?> page) {
    SparkApi.removal(page).ifPresent(THREAD::execute);
  }
}
