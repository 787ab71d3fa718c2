package io.hindsight.driver.train;

import io.hindsight.driver.metrics.ValidationMetrics;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.Scores;

/** Scores the weights on the validation part when that is due; early stopping looks at the loss. */
final class Validation {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Evaluator evaluator;
  private final RunLength length;
  private final TrainingState state;
  private final TrainingObserver observer;

  /**
   * The validation of a run.
   *
   * @param evaluator of the validation part; may be empty
   */
  Validation(
      Evaluator evaluator, RunLength length, TrainingState state, TrainingObserver observer) {
    this.evaluator = evaluator;
    this.length = length;
    this.state = state;
    this.observer = observer;
  }

  /**
   * Called after every step.
   *
   * @throws DivergedException if the loss is not finite
   */
  void runIfDue() {
    if (isDue()) {
      run();
    }
  }

  private boolean isDue() {
    boolean due =
        length.validateEvery() > 0
            ? state.step() % length.validateEvery() == 0
            : state.atEpochEnd();
    return !evaluator.isEmpty() && (due || state.step() == length.totalSteps());
  }

  private void run() {
    long start = System.nanoTime();
    Scores scores = evaluator.evaluate(state.parameters());
    boolean improved = state.observeValidation(scores.loss());
    observer.validation(
        new ValidationMetrics(
            state.step(),
            state.epochOfLastStep(),
            scores.loss(),
            scores.targets(),
            (System.nanoTime() - start) / NANOS_PER_MILLI,
            improved));
    if (!Double.isFinite(scores.loss())) {
      throw DivergedException.inValidation(state.step() - 1, scores.loss());
    }
  }
}
