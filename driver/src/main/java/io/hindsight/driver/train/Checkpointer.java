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

        @Override
        public void keepDiverged(
            TrainingState state, DivergedException diverged, double learningRate) {}

        @Override
        public void goBack(TrainingState state, int time) {
          throw new UnsupportedOperationException("nothing was saved");
        }
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

  /** Keeps a step that is not finite, as {@link DivergedSteps#keep} says. */
  void keepDiverged(TrainingState state, DivergedException diverged, double learningRate);

  /**
   * Takes the run back to the newest checkpoint that was due; where it went back to that one
   * before, to the one before it; and to its beginning if there is none. What was saved since then
   * is deleted.
   *
   * <p>A run that was stopped and resumed in between goes back to the same, as what was saved when
   * it was stopped does not count; one that was killed comes here again from what is left.
   *
   * <p>Where that checkpoint is damaged, the one before it is taken as it was, and the return does
   * not count: the run makes the damaged one again.
   *
   * @param time how often the run has gone back by then
   * @throws ResumableException if a save failed, or the checkpoint cannot be read
   */
  void goBack(TrainingState state, int time);
}
