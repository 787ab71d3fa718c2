package io.hindsight.driver.loss;

import io.hindsight.datasets.sums.ExactSum;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepCollector;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;

/**
 * The part of the data whose loss is computed, in shards.
 *
 * @param plan of its whole sequences
 * @param windows in which they are scored
 */
public record LossPlan(ShardPlan plan, LossWindows windows) {
  /** Numbers of a shard's result: the digits of its losses and of their weights. */
  public static final int NUMBERS = 2 * ExactSum.DIGITS;

  /** Waits for the shards' losses. */
  public StepCollector collector(NetworkSpec spec, StepRequest request) {
    return new StepCollector(spec, plan, request, NUMBERS);
  }

  /** What was collected. */
  public static Loss loss(StepOutcome outcome) {
    return LossSum.read(outcome.sum());
  }
}
