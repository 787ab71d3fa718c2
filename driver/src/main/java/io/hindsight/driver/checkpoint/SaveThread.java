package io.hindsight.driver.checkpoint;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.storage.WriteRetry;
import io.hindsight.driver.train.ResumableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Writes checkpoints one after another, and one that storage refuses again and again, see {@link
 * WriteRetry}. While it waits for the next attempt a newer checkpoint may take the place of the one
 * that could not be written, so training never stands still for storage that is away.
 */
final class SaveThread implements AutoCloseable {
  /** From a request to stop to its end, of which a cluster allows half a minute or so. */
  private static final Duration IN_A_HURRY = Duration.ofSeconds(20);

  private static final double NANOS_PER_MILLI = 1e6;

  /** A checkpoint to write, and for how long training stood still for it. */
  record Save(Checkpoint checkpoint, double stallMs, long bytes) {}

  private enum State {
    IDLE,
    WRITING,
    WAITING,
    CLOSED
  }

  private final CheckpointStore store;
  private final boolean inOrder;
  private final Queue<CheckpointMetrics> written = new ArrayDeque<>();
  private WriteRetry retry;
  private State state = State.IDLE;
  private Save save; // null if none is to be written
  private boolean isUrgent; // the pause before the next attempt is cut short
  private Throwable failure; // null if there is none; ends the run

  /**
   * Starts the thread.
   *
   * @param inOrder whether no checkpoint may take the place of one before it
   */
  SaveThread(CheckpointStore store, WriteRetry retry, boolean inOrder) {
    this.store = store;
    this.inOrder = inOrder;
    this.retry = retry;
    DaemonThreads.start("hindsight-checkpoint", this::run);
  }

  /**
   * Has a checkpoint written, once the one before is written or has been refused.
   *
   * @param copy makes the checkpoint while nothing reads the one before
   */
  synchronized void submit(Supplier<Save> copy) {
    while (save != null && (inOrder || state != State.WAITING)) {
      await(0);
    }
    throwFailure();
    save = copy.get();
    notifyAll();
  }

  /** What has been written since the last call; throws what could not be. */
  synchronized Optional<CheckpointMetrics> written() {
    throwFailure();
    return Optional.ofNullable(written.poll());
  }

  /** Waits until all is written, or given up. */
  synchronized void finish() {
    while (save != null) {
      await(0);
    }
  }

  /** As {@link #finish}, for a run that is asked to stop: at once, and not for long. */
  synchronized void finishSoon() {
    hurry();
    finish();
  }

  /** Cuts short what it waits for before the next attempts. */
  synchronized void hurry() {
    retry = new WriteRetry(IN_A_HURRY);
    isUrgent = true;
    notifyAll();
  }

  /** Throws the failure once: thrown again from a close, it could not be added to itself. */
  private void throwFailure() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown; // writing throws no other
    }
  }

  private void run() {
    Optional<Save> next = next();
    while (next.isPresent()) {
      write(next.get());
      next = next();
    }
  }

  /** The save to try; empty at the end. */
  private synchronized Optional<Save> next() {
    while (save == null && state != State.CLOSED) {
      await(0);
    }
    if (state == State.CLOSED) {
      return Optional.empty();
    }
    state = State.WRITING;
    return Optional.of(save);
  }

  private void write(Save attempt) {
    long start = System.nanoTime();
    try {
      store.save(attempt.checkpoint());
      double saveMs = (System.nanoTime() - start) / NANOS_PER_MILLI;
      succeed(
          new CheckpointMetrics(
              attempt.checkpoint().step(), attempt.stallMs(), saveMs, attempt.bytes()));
    } catch (IOException refusal) {
      pause(attempt.checkpoint().step(), refusal);
    } catch (RuntimeException | Error fault) {
      fail(fault);
    }
  }

  private synchronized void succeed(CheckpointMetrics metrics) {
    retry.succeeded();
    written.add(metrics);
    save = null;
    settle(State.IDLE);
  }

  private synchronized void pause(long step, IOException refusal) {
    Optional<Long> pause = retry.after(refusal);
    if (pause.isEmpty()) {
      fail(ResumableException.unwritten(store.name(step), refusal));
      return;
    }
    WriteRetry.warn(store.name(step), refusal, pause.get());
    settle(State.WAITING);
    long end = System.nanoTime() + Duration.ofMillis(pause.get()).toNanos();
    for (long left = pause.get(); left > 0 && !isUrgent && state == State.WAITING; ) {
      await(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    isUrgent = false;
  }

  private synchronized void fail(Throwable fault) {
    failure = fault;
    save = null;
    settle(State.IDLE);
  }

  private void settle(State next) {
    if (state != State.CLOSED) {
      state = next;
    }
    notifyAll();
  }

  /** Only whoever owns the run's thread may interrupt it, and nobody does. */
  private void await(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a checkpoint was written", e);
    }
  }

  @Override
  public synchronized void close() {
    state = State.CLOSED;
    notifyAll();
  }
}
