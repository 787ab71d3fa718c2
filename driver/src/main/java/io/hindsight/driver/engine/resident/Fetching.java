package io.hindsight.driver.engine.resident;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads broadcasts in a thread that is no task's. A task that reads one holds its blocks until it
 * ends, and a resident task does not end: the blocks could never leave the memory.
 */
final class Fetching {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "hindsight-fetch");
            thread.setDaemon(true);
            return thread;
          });

  private Fetching() {}

  static <T> T outsideTheTask(Callable<T> read) throws Exception {
    try {
      return THREAD.submit(read).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
