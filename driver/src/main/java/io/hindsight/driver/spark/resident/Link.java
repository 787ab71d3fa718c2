package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;

/** A station's way to the driver. */
interface Link {
  /**
   * Asks and waits for the answer.
   *
   * @throws Exception whatever Spark's RPC fails with
   */
  Answer ask(Turn turn) throws Exception;

  /**
   * Fetches a shard from the driver and from nobody else, so that no other executor is waited for.
   *
   * @throws Exception if there is no room for it, or the driver does not answer
   */
  Shard shard(int id) throws Exception;

  /**
   * Whether a task that has nothing to do can wait where the driver publishes the next step, which
   * wakes it sooner than the task of its station that asks.
   */
  default boolean tellsNews() {
    return false;
  }

  /** A number that changes when there may be work for tasks that had none. */
  default long news() {
    return 0;
  }

  /**
   * Waits for news, for some milliseconds at most.
   *
   * @param known the number when there was nothing to do
   * @param tasks of the station
   */
  default void awaitNews(long known, int tasks) throws InterruptedException {
    throw new UnsupportedOperationException("only within a process");
  }

  /** Tells that some task of the station has done its part, so that the others' is near. */
  default void announce() {}
}
