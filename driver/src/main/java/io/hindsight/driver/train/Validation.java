package io.hindsight.driver.train;

import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.metrics.ValidationMetrics;

/** Scores the weights on the validation part when that is due; early stopping looks at the loss. */
final class Validation {
  private static final double NANOS_PER_MILLI = 1e6;

  private final ValidationLoss validation;
  private final RunLength length;
  private final TrainingState state;
  private final TrainingObserver observer;

  /**
   * The validation of a run.
   *
   * @param validation loss of the part; may be empty
   */
  Validation(
      ValidationLoss validation, RunLength length, TrainingState state, TrainingObserver observer) {
    this.validation = validation;
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
    return !validation.isEmpty() && (due || state.step() == length.totalSteps());
  }

  private void run() {
    long start = System.nanoTime();
    Loss loss = validation.of(state);
    boolean improved = state.observeValidation(loss.mean());
    observer.validation(
        new ValidationMetrics(
            state.step(),
            state.epochOfLastStep(),
            loss.mean(),
            loss.targets(),
            (System.nanoTime() - start) / NANOS_PER_MILLI,
            improved));
    if (!Double.isFinite(loss.mean())) {
      throw DivergedException.inValidation(state.step() - 1, loss.mean());
    }
  }
}
