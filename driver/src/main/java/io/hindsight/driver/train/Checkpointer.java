package io.hindsight.driver.train;

/** Saves the state of a run when it is due. */
public interface Checkpointer {
  /** Saves nothing. */
  Checkpointer NONE = state -> {};

  /** Called after every step. */
  void saveIfDue(TrainingState state);
}
