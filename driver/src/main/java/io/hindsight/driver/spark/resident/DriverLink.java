package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;

/** A worker's way to the driver. */
interface DriverLink {
  /**
   * Asks and waits for the answer.
   *
   * @throws Exception whatever Spark's RPC fails with
   */
  PollReply ask(Poll poll) throws Exception;

  /**
   * Fetches a shard from the driver and from nobody else, so that no other executor is waited for.
   *
   * @param place among all that are offered
   * @throws Exception if there is no room for it, or the driver does not answer
   */
  Shard shard(int place) throws Exception;

  /**
   * Whether a task that has nothing to do can wait where the driver publishes the next step, which
   * wakes it sooner than the task of its worker that asks.
   */
  default boolean canAwaitChange() {
    return false;
  }

  /** A number that changes when there may be work for tasks that had none. */
  default long version() {
    return 0;
  }

  /**
   * Waits for a change, for some milliseconds at most.
   *
   * @param known the number when there was nothing to do
   * @param tasks of the worker
   */
  default void awaitChange(long known, int tasks) throws InterruptedException {
    throw new UnsupportedOperationException("only within a process");
  }

  /** Tells that some task of the worker has done its part, so that the others' is near. */
  default void announce() {}
}
