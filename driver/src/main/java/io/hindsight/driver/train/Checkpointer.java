package io.hindsight.driver.train;

import io.hindsight.kernels.network.Parameters;

/** Saves the state of a run when it is due. */
public interface Checkpointer {
  /** Saves nothing. */
  Checkpointer NONE = (state, earlyStopping, best) -> {};

  /**
   * Called after every step.
   *
   * @param best weights that would be the run's result now
   */
  void saveIfDue(TrainingState state, EarlyStopping earlyStopping, Parameters best);
}
