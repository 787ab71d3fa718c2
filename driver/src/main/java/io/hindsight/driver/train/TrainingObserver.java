package io.hindsight.driver.train;

import io.hindsight.driver.metrics.StepMetrics;

/** Is told what happens in a run; cannot change it. */
public interface TrainingObserver {
  /** A step was made. */
  void step(StepMetrics metrics, int sequences);

  /**
   * The network was validated.
   *
   * @param steps steps made so far
   * @param best whether it is the best so far
   */
  void validation(long steps, long epoch, Scores scores, boolean best);
}
