package io.hindsight.driver.train;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs something in a thread that nobody else can interrupt, while the caller waits.
 *
 * <p>An interrupt closes the file that a thread is writing, and so would break off a save. Here it
 * reaches the waiting caller only, where it becomes a request to stop.
 */
final class RunThread implements StopRequest {
  private final StopRequest other;
  private volatile boolean interrupted;

  /**
   * For one run.
   *
   * @param other a further source of requests
   */
  RunThread(StopRequest other) {
    this.other = other;
  }

  @Override
  public Optional<String> origin() {
    return interrupted ? Optional.of("the interrupt of its thread") : other.origin();
  }

  /** Returns what the run returns, or throws what it throws; an interrupt is handed on after it. */
  <T> T call(Supplier<T> run) {
    FutureTask<T> task = new FutureTask<>(run::get);
    new Thread(task, "hindsight-run").start();
    try {
      return await(task);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // a supplier has no other
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T await(FutureTask<T> task) throws ExecutionException {
    while (true) {
      try {
        return task.get();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
