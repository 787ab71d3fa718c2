package io.hindsight.driver.config;

/** Where Spark jobs sum the gradients of their tasks. */
public enum ReduceKind {
  /** Where it is expected to be faster. */
  AUTO,
  /** On the driver, which receives every task's gradients. */
  DRIVER,
  /** On the executors, in slices of the parameters. */
  SLICED
}
