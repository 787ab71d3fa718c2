package io.hindsight.driver.spark.resident;

import io.hindsight.driver.step.ShardRange;
import java.util.List;
import java.util.Optional;

/** What the driver answers to a station's {@link Turn}. */
sealed interface Answer {
  /** There will be no more steps. */
  record Stop() implements Answer {}

  /**
   * There is nothing to do yet.
   *
   * @param nanos pause before the next question, ns
   */
  record Pause(long nanos) implements Answer {}

  /**
   * Shards to compute.
   *
   * @param step the training step
   * @param input weights and request; absent if the station has those of the step
   * @param ranges a piece of work each
   */
  record Work(long step, Optional<StepPublication> input, List<ShardRange> ranges)
      implements Answer {}
}
