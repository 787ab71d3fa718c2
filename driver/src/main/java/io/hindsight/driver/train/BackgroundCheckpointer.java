package io.hindsight.driver.train;

import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.model.Checkpoint;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a run's state in a thread of its own, so that training waits for a copy in memory only.
 *
 * <p>One save at a time: where the one before is still running when the next is due, training waits
 * for it, and no checkpoint is left out or overtaken. A save that failed ends the run, at the next
 * step as a rule and at the next due one at the latest.
 */
final class BackgroundCheckpointer implements Checkpointer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundCheckpointer.class);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long LONG_WAIT = 1_000_000_000L; // ns

  private final Checkpoints checkpoints;
  private final TrainingObserver observer;
  private final StateCopy copy;
  private final ExecutorService writer;
  private Future<CheckpointMetrics> running; // null if none is
  private long lastStep = -1;
  private boolean hasWarned;

  /**
   * Starts the thread.
   *
   * @param observer is told of each checkpoint after it is written, by the training thread
   */
  BackgroundCheckpointer(Checkpoints checkpoints, TrainingObserver observer) {
    this.checkpoints = checkpoints;
    this.observer = observer;
    copy = new StateCopy(checkpoints.description());
    writer =
        Executors.newSingleThreadExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "hindsight-checkpoint");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void saveIfDue(TrainingState state) {
    if (running != null && running.isDone()) {
      finish();
    }
    if (checkpoints.areDueAt(state.step())) {
      save(state);
    }
  }

  @Override
  public void saveNow(TrainingState state) {
    save(state);
    finish();
  }

  private void save(TrainingState state) {
    if (state.step() == lastStep) {
      return;
    }
    long start = System.nanoTime();
    finish();
    warnOfWait(System.nanoTime() - start);
    observer.flush(); // a resumed run has the metrics of all its steps
    Checkpoint checkpoint = copy.take(state);
    double stallMs = (System.nanoTime() - start) / NANOS_PER_MILLI;
    lastStep = state.step();
    running = writer.submit(() -> write(checkpoint, stallMs));
  }

  private CheckpointMetrics write(Checkpoint checkpoint, double stallMs) {
    long start = System.nanoTime();
    checkpoints.write(checkpoint);
    double saveMs = (System.nanoTime() - start) / NANOS_PER_MILLI;
    return new CheckpointMetrics(checkpoint.step(), stallMs, saveMs, copy.bytes());
  }

  /** Waits for the save that is running, if one is, and reports it or throws why it failed. */
  private void finish() {
    if (running == null) {
      return;
    }
    Future<CheckpointMetrics> last = running;
    running = null;
    try {
      observer.checkpoint(last.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // writing declares no other
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a checkpoint was written", e);
    }
  }

  private void warnOfWait(long nanos) {
    if (nanos > LONG_WAIT && !hasWarned) {
      hasWarned = true;
      LOG.warn(
          "training waited {} ms for the checkpoint of step {} to be written; see stall_ms in the"
              + " metrics, and save less often with training.checkpoint.every-steps",
          nanos / 1_000_000,
          lastStep);
    }
  }

  /** Waits until everything is written. */
  @Override
  public void close() {
    try {
      finish();
    } finally {
      writer.shutdown();
    }
  }
}
