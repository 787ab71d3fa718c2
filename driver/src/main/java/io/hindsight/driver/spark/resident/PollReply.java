package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.step.ShardRange;
import java.util.List;
import java.util.Optional;

/** What the driver answers to a worker's {@link Poll}. */
sealed interface PollReply {
  /** There will be no more steps. */
  record Stop() implements PollReply {}

  /**
   * There is nothing to do yet.
   *
   * @param nanos pause before the next poll, ns
   */
  record Wait(long nanos) implements PollReply {}

  /**
   * Shards to compute.
   *
   * @param step the training step
   * @param input weights and request; absent if the worker has those of the step
   * @param ranges a piece of work each
   */
  record Work(long step, Optional<StepInput> input, List<ShardRange> ranges) implements PollReply {}
}
