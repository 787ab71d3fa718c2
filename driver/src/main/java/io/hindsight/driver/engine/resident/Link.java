package io.hindsight.driver.engine.resident;

/** A station's way to the driver. */
interface Link {
  /**
   * Asks and waits for the answer.
   *
   * @throws Exception whatever Spark's RPC fails with
   */
  Answer ask(Turn turn) throws Exception;
}
