package io.hindsight.driver.step;

import io.hindsight.kernels.bptt.PackedWeights;

/** What is computed of some consecutive shards; one object serves one thread. */
public interface RangeTask {
  /**
   * Computes it.
   *
   * @param weights those that the request names
   * @return to be merged or serialized before the next call
   */
  StepResult run(PackedWeights weights, StepRequest request);
}
