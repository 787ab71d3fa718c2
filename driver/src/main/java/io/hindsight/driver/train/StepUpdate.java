package io.hindsight.driver.train;

import io.hindsight.driver.config.TrainingConfig.Update;
import io.hindsight.driver.optim.ClipResult;
import io.hindsight.driver.optim.MeanUpdate;
import io.hindsight.driver.optim.NonFiniteGradientException;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.parallel.RangeLoop;

/** What a step does with its gradient: mean, clip, update. */
public final class StepUpdate {
  private final Update config;
  private final TrainingState state;
  private final RangeLoop loop;
  private final MeanUpdate update;

  /**
   * For updates of a state.
   *
   * @param loop over weights and gradient
   */
  public StepUpdate(Update config, TrainingState state, RangeLoop loop) {
    this.config = config;
    this.state = state;
    this.loop = loop;
    update = new MeanUpdate(state.parameters().layout(), config.reach(), loop);
  }

  /**
   * Makes the update; a step without targets leaves the weights as they are.
   *
   * @param outcome its sum becomes the mean
   * @throws DivergedException if loss, gradient or its norm are not finite; nothing is changed then
   */
  public ClipResult make(StepOutcome outcome, double learningRate) {
    GradientSum sum = outcome.sum();
    if (sum.targets() > 0) {
      sum.mean(loop);
    }
    if (outcome.nonFinite().isPresent()) {
      throw DivergedException.at(state.step(), outcome.nonFinite().get());
    }
    if (sum.targets() == 0) {
      return ClipResult.unclipped(0);
    }
    try {
      return update.make(
          sum, config.clip(), state.optimizer(), state.parameters().values(), learningRate);
    } catch (NonFiniteGradientException e) {
      throw DivergedException.inSum(state.step(), e.getMessage());
    }
  }
}
