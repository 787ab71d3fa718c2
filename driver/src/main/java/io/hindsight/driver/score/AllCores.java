package io.hindsight.driver.score;

import io.hindsight.driver.concurrent.Causes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has the same work done by a thread for each core. */
public final class AllCores {
  private AllCores() {}

  /**
   * Runs the work in parallel.
   *
   * @param most threads that have anything to do
   * @param work of one thread, which shares out what is to be done with the others
   * @return what each thread came to; none if there is nothing to do
   */
  public static <T> List<T> run(int most, Callable<T> work) {
    int threads = Math.min(most, Runtime.getRuntime().availableProcessors());
    if (threads == 0) {
      return List.of();
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>(threads);
      for (Future<T> part : pool.invokeAll(Collections.nCopies(threads, work))) {
        results.add(part.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw Causes.unchecked(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a part", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
