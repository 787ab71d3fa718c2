package io.hindsight.driver.checkpoint;

import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.CheckpointConfig;
import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.storage.WriteRetry;
import io.hindsight.driver.train.Checkpointer;
import io.hindsight.driver.train.DivergedException;
import io.hindsight.driver.train.DivergedSteps;
import io.hindsight.driver.train.TrainingObserver;
import io.hindsight.driver.train.TrainingState;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a run's state in a thread of its own, so that training waits for a copy in memory only.
 *
 * <p>One save at a time: where the one before is still being written when the next is due, training
 * waits for it, and no checkpoint is left out or overtaken. One that storage refuses is tried again
 * while training goes on, with the newest state that is due by then. One that is given up ends the
 * run, at the next step as a rule and at the next due one at the latest.
 */
public final class BackgroundCheckpointer implements Checkpointer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundCheckpointer.class);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long LONG_WAIT = 1_000_000_000L; // ns

  private final WayBack wayBack;
  private final DivergedSteps diverged;
  private final TrainingObserver observer;
  private final Optional<CheckpointConfig> config;
  private final boolean goesBack;
  private final StateCopy copy;
  private final SaveThread writer;
  private long lastStep = -1;
  private boolean hasWarned;

  /**
   * Starts the thread.
   *
   * @param store takes the checkpoints
   * @param training when they are due, and whether the run may go back to them
   * @param description of the model that is trained
   * @param beginning makes the state before the first step
   * @param diverged keeps steps that are not finite
   * @param observer is told of each checkpoint after it is written, by the training thread
   */
  public BackgroundCheckpointer(
      CheckpointStore store,
      TrainingConfig training,
      ModelDescription description,
      Supplier<TrainingState> beginning,
      DivergedSteps diverged,
      TrainingObserver observer) {
    wayBack = new WayBack(store, description, beginning);
    this.diverged = diverged;
    config = training.checkpoint();
    goesBack = training.update().onNonFinite() instanceof OnNonFinite.Rollback;
    this.observer = observer;
    copy = new StateCopy(description);
    writer = new SaveThread(store, new WriteRetry(), goesBack);
  }

  @Override
  public void saveIfDue(TrainingState state) {
    report();
    if (isDue(state.step())) {
      save(state);
    }
  }

  private boolean isDue(long step) {
    return config.isPresent() && step % config.get().everySteps() == 0;
  }

  @Override
  public void saveNow(TrainingState state) {
    if (goesBack) {
      writer.hurry(); // what is still to be written goes before
    }
    save(state);
    writer.finishSoon();
    report();
  }

  @Override
  public void keepDiverged(TrainingState state, DivergedException what, double learningRate) {
    diverged.keep(state, what, learningRate);
  }

  @Override
  public void goBack(TrainingState state, int time) {
    writer.finish();
    report();
    wayBack.take(state, time);
    lastStep = state.step(); // what is saved there stays: from it the run would come here again
  }

  private void save(TrainingState state) {
    if (state.step() == lastStep) {
      return;
    }
    long start = System.nanoTime();
    observer.flush(); // a resumed run has the metrics of all its steps
    long flushed = System.nanoTime();
    writer.submit(
        () -> {
          warnOfWait(System.nanoTime() - flushed);
          var checkpoint = copy.take(state);
          double stallMs = (System.nanoTime() - start) / NANOS_PER_MILLI;
          return new SaveThread.Save(checkpoint, stallMs, copy.bytes());
        });
    lastStep = state.step();
  }

  private void report() {
    Optional<CheckpointMetrics> next = writer.written();
    while (next.isPresent()) {
      observer.checkpoint(next.get());
      next = writer.written();
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
      writer.finish();
      report();
    } finally {
      writer.close();
    }
  }
}
