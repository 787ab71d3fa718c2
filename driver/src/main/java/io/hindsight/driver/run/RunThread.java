package io.hindsight.driver.run;

import io.hindsight.driver.concurrent.Causes;
import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs something in a thread that nobody else can interrupt, while the caller waits.
 *
 * <p>An interrupt closes the file that a thread is writing, and so would break off a save. Here it
 * reaches the waiting caller only, where it becomes a request to stop. A request interrupts the run
 * in its {@link #breakable} sections alone, which write nothing; what does not end for it within
 * patience is left behind.
 */
final class RunThread implements StopRequest {
  /** Less than the half minute or so after which most schedulers kill, or the minute of ours. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final long PAUSE_MILLIS = 100;

  private final StopRequest other;
  private final Duration patience;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean interrupted;
  private volatile ResumableException leftBehind; // what the caller is told; null until then
  private final BreakableSection section = new BreakableSection();

  /**
   * For one run.
   *
   * @param other a further source of requests
   */
  RunThread(StopRequest other) {
    this(other, PATIENCE);
  }

  RunThread(StopRequest other, Duration patience) {
    this.other = other;
    this.patience = patience;
  }

  @Override
  public Optional<String> origin() {
    return interrupted ? Optional.of("the interrupt of its thread") : other.origin();
  }

  /** Whether the run has been asked to stop by somebody who tells so at once. */
  boolean isAsked() {
    return asked.get();
  }

  /**
   * Whether the run did not end within patience, and is still running.
   *
   * @param end what {@link #call} has thrown
   */
  boolean isLeftBehind(Throwable end) {
    return end == leftBehind;
  }

  /**
   * Returns what the run returns, or throws what it throws; an interrupt is handed on after it.
   *
   * @throws ResumableException if the run does not end within patience after it was asked to
   */
  <T> T call(Supplier<T> run) {
    CompletableFuture<T> end = new CompletableFuture<>();
    Thread runner = new Thread(() -> complete(end, run), "hindsight-run");
    section.ofThread(runner);
    other.onRequest(() -> ask(end));
    runner.start();
    try {
      return await(end);
    } catch (ExecutionException e) {
      throw Causes.unchecked(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> void complete(CompletableFuture<T> end, Supplier<T> run) {
    try {
      end.complete(run.get());
    } catch (RuntimeException | Error failure) {
      end.completeExceptionally(failure);
    }
  }

  private <T> T await(CompletableFuture<T> end) throws ExecutionException {
    while (true) {
      try {
        return end.get();
      } catch (InterruptedException e) {
        interrupted = true;
        ask(end);
      }
    }
  }

  private void ask(CompletableFuture<?> end) {
    if (asked.compareAndSet(false, true)) {
      long since = System.nanoTime();
      DaemonThreads.start("hindsight-run-stop", () -> watch(end, since));
    }
  }

  private void watch(CompletableFuture<?> end, long since) {
    try {
      Duration waited = Duration.ZERO;
      while (!end.isDone() && waited.compareTo(patience) < 0) {
        section.breakOff(waited);
        Thread.sleep(PAUSE_MILLIS);
        waited = Duration.ofNanos(System.nanoTime() - since);
      }
      leftBehind = ResumableException.leftBehind(whoAsked(), patience);
      end.completeExceptionally(leftBehind); // unless it has just ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public <T> T breakable(
      Duration mayTake, Supplier<T> work, Function<String, ResumableException> end) {
    section.enter(mayTake);
    try {
      return work.get();
    } catch (Exception failure) { // also the checked ones that Scala does not declare
      if (section.leave()) {
        throw end.apply(whoAsked());
      }
      throw failure;
    } finally {
      section.leave();
    }
  }

  private String whoAsked() {
    return origin().orElse("a request");
  }
}
