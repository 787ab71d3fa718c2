package io.hindsight.driver.train;

import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.metrics.RollbackMetrics;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.ValidationMetrics;

/** Is told what happens in a run; cannot change it. */
public interface TrainingObserver {
  /**
   * A step is about to be made.
   *
   * @param state before it, to be read only
   */
  default void beforeStep(TrainingState state) {}

  /**
   * A step was made.
   *
   * @param sequences sequences that had a window in it
   */
  void step(StepMetrics metrics, int sequences);

  /** The network was validated. */
  void validation(ValidationMetrics metrics);

  /** A checkpoint was written. */
  void checkpoint(CheckpointMetrics metrics);

  /** The run went back to an earlier step. */
  void rollback(RollbackMetrics metrics);

  /** Hands on what was told so far, before the checkpoint is saved that it belongs to. */
  default void flush() {}
}
