package io.hindsight.driver.score;

import io.hindsight.driver.concurrent.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Computes independent parts on all cores and hands back their results in the parts' order. */
final class InOrder {
  private InOrder() {}

  static <T> List<T> run(List<Callable<T>> parts) {
    int threads = Math.max(1, Math.min(parts.size(), Runtime.getRuntime().availableProcessors()));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>(parts.size());
      for (Future<T> part : pool.invokeAll(parts)) {
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
