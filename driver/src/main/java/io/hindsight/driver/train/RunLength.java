package io.hindsight.driver.train;

import io.hindsight.driver.config.TrainingConfig;

/**
 * How long a run is.
 *
 * @param stepsPerEpoch steps of a pass over the training part
 * @param totalSteps steps of the run
 * @param validateEvery steps between validations; 0 is once per epoch
 */
public record RunLength(long stepsPerEpoch, long totalSteps, long validateEvery) {
  /** The length that a configuration and its data come to. */
  public static RunLength of(TrainingConfig config, long stepsPerEpoch) {
    return new RunLength(
        stepsPerEpoch,
        config.length().totalSteps(stepsPerEpoch),
        config.validation().everySteps().orElse(0));
  }
}
