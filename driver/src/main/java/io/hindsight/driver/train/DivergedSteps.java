package io.hindsight.driver.train;

/** Keeps steps that were not finite, so that they can be made again and looked into. */
@FunctionalInterface
public interface DivergedSteps {
  /** Keeps none. */
  DivergedSteps NONE = (state, diverged, learningRate) -> {};

  /**
   * Keeps a step; where it cannot be written, the run goes on as it would have.
   *
   * @param state before the step
   * @param learningRate of the step
   */
  void keep(TrainingState state, DivergedException diverged, double learningRate);
}
