package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.parallel.RangeLoop;
import org.apache.spark.broadcast.Broadcast;

/** Where the gradients of a step's tasks are summed; always in the same tree, so never its bits. */
interface Reduction {
  /** Opens a reduction over the shards of an engine. */
  interface Opener {
    /**
     * Opens it.
     *
     * @param tasks tasks per step
     * @param loop over gradients, on the driver
     */
    Reduction open(ShardRdd shards, int tasks, RangeLoop loop);
  }

  /** Its name in configurations. */
  String name();

  /**
   * Runs the job of a step.
   *
   * @param input the step for the executors; destroyed when this returns
   * @param job grows with every job of the engine, also where a job repeats a step
   * @throws io.hindsight.driver.step.RefusedResultException if a result is not what it should be
   */
  StepOutcome run(StepRequest request, Broadcast<StepInput> input, long job);
}
