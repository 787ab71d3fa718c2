package io.hindsight.driver.train;

/** Saves the state of a run. */
public interface Checkpointer {
  /** Saves nothing. */
  Checkpointer NONE =
      new Checkpointer() {
        @Override
        public void saveIfDue(TrainingState state) {}

        @Override
        public void saveNow(TrainingState state) {}
      };

  /**
   * Called after every step; saves every few of them, beside training.
   *
   * @throws ResumableException if this save or an earlier one failed
   */
  void saveIfDue(TrainingState state);

  /**
   * Saves the state and waits until it is written; called when the run ends before its time.
   *
   * @throws ResumableException if this save or an earlier one failed
   */
  void saveNow(TrainingState state);
}
